import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../../src/index.ts';
import { ask } from '../../helpers/api-client.ts';
import { at, CONFIG_MAPS, configMap, DEPLOYMENTS, deployment, send } from '../../helpers/write.ts';

const APPLY = 'application/apply-patch+yaml';

test.each([
  ['merge', 'application/merge-patch+json', { data: { a: null, c: 'd' } }],
  [
    'JSON',
    'application/json-patch+json',
    [
      { op: 'remove', path: '/data/a' },
      { op: 'add', path: '/data/c', value: 'd' },
    ],
  ],
  ['strategic merge', 'application/strategic-merge-patch+json', { data: { a: null, c: 'd' } }],
])('a %s patch changes what it names', async (_name, mediaType, patch) => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, { metadata: { name: 'a' }, data: { a: 'b', e: 'f' } });
  const { status, body } = await send(cluster, 'PATCH', `${CONFIG_MAPS}/a`, patch, mediaType);
  expect([status, at(body, 'data')]).toEqual([200, { c: 'd', e: 'f' }]);
});

test('a strategic merge patch finds containers by their name', async () => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', DEPLOYMENTS, deployment('web'));
  const containers = [
    { name: 'main', image: 'web:2' },
    { name: 'side', image: 'side:1' },
  ];
  const patch = { spec: { template: { spec: { containers } } } };
  const { body } = await send(cluster, 'PATCH', `${DEPLOYMENTS}/web`, patch, 'application/strategic-merge-patch+json');
  const images = (at(body, 'spec', 'template', 'spec', 'containers') as { image: string }[]).map(({ image }) => image);
  expect(images.sort()).toEqual(['side:1', 'web:2']);
});

test('apply makes an object, changes it, and takes away what is not said any more', async () => {
  await using cluster = await SimulatedCluster.start();
  const apply = (object: unknown) => send(cluster, 'PATCH', `${CONFIG_MAPS}/a?fieldManager=me`, object, APPLY);
  const meta = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  expect((await apply({ ...meta, data: { a: '1', b: '2' } })).status).toBe(201);
  await send(cluster, 'PATCH', `${CONFIG_MAPS}/a`, { data: { c: '3' } }, 'application/merge-patch+json');
  const { status, body } = await apply({ ...meta, data: { a: '9' } });
  expect([status, at(body, 'data')]).toEqual([200, { a: '9', c: '3' }]);
});

test('apply against the field of another is a conflict that names both, unless it is forced', async () => {
  await using cluster = await SimulatedCluster.start();
  const object = (value: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', ...configMap('a', value) });
  const apply = (query: string, value: string) =>
    send(cluster, 'PATCH', `${CONFIG_MAPS}/a?${query}`, object(value), APPLY);
  await apply('fieldManager=one', 'x');
  const refused = await apply('fieldManager=two', 'y');
  expect([refused.status, refused.body.message]).toEqual([
    409,
    expect.stringContaining('conflict with "one": .data.a'),
  ]);
  const forced = await apply('fieldManager=two&force=true', 'y');
  expect([forced.status, at(forced.body, 'data', 'a')]).toEqual([200, 'y']);
  expect((await apply('', 'y')).status).toBe(422);
});

test.each([
  ['what is not there', 'zz', 'application/merge-patch+json', {}, 404],
  ['an unknown form', 'a', 'application/json', {}, 415],
  ['a JSON patch that fails', 'a', 'application/json-patch+json', [{ op: 'test', path: '/data/a', value: 'no' }], 422],
  ['another name', 'a', 'application/merge-patch+json', { metadata: { name: 'b' } }, 400],
  ['an old version', 'a', 'application/merge-patch+json', { metadata: { resourceVersion: '1' } }, 409],
])('a patch of %s is refused', async (_what, name, mediaType, patch, status) => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  expect((await send(cluster, 'PATCH', `${CONFIG_MAPS}/${name}`, patch, mediaType)).status).toBe(status);
  expect(at((await ask(cluster, `${CONFIG_MAPS}/a`)).body, 'data')).toEqual({ a: 'b' });
});

test('who set which field is written down', async () => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  await send(
    cluster,
    'PATCH',
    `${CONFIG_MAPS}/a?fieldManager=other`,
    { data: { a: 'c' } },
    'application/merge-patch+json',
  );
  const { body } = await ask(cluster, `${CONFIG_MAPS}/a`);
  expect(at(body, 'metadata', 'managedFields')).toMatchObject([
    { manager: 'other', operation: 'Update', fieldsV1: { 'f:data': { 'f:a': {} } } },
    { manager: 'test', operation: 'Update', fieldsV1: { 'f:data': {} } },
  ]);
});
