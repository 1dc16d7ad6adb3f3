import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../../src/index.ts';
import { ask } from '../../helpers/api-client.ts';
import { at, CONFIG_MAPS, configMap, send } from '../../helpers/write.ts';

test('what is deleted is gone, and the answer names it', async () => {
  await using cluster = await SimulatedCluster.start();
  const { body: created } = await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  const { status, body } = await send(cluster, 'DELETE', `${CONFIG_MAPS}/a`);
  expect([status, body.status, at(body, 'details')]).toEqual([
    200,
    'Success',
    { name: 'a', kind: 'configmaps', uid: created.metadata.uid },
  ]);
  expect((await send(cluster, 'DELETE', `${CONFIG_MAPS}/a`)).status).toBe(404);
});

test('preconditions and a dry run leave it alone', async () => {
  await using cluster = await SimulatedCluster.start();
  const { body: created } = await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  const remove = (body: unknown) => send(cluster, 'DELETE', `${CONFIG_MAPS}/a`, body);
  expect((await remove({ preconditions: { uid: 'x' } })).status).toBe(409);
  expect((await remove({ preconditions: { resourceVersion: '1' } })).status).toBe(409);
  expect((await remove({ dryRun: ['All'] })).status).toBe(200);
  expect((await ask(cluster, `${CONFIG_MAPS}/a`)).status).toBe(200);
  expect((await remove({ preconditions: { uid: created.metadata.uid } })).status).toBe(200);
});

test('a collection is deleted by its selector', async () => {
  await using cluster = await SimulatedCluster.start();
  for (const name of ['a', 'b']) {
    await send(cluster, 'POST', CONFIG_MAPS, { metadata: { name, labels: { keep: String(name === 'b') } } });
  }
  const { body } = await send(cluster, 'DELETE', `${CONFIG_MAPS}?labelSelector=keep=false`);
  expect(body.items.map(({ metadata }) => metadata.name)).toEqual(['a']);
  const left = await ask(cluster, `${CONFIG_MAPS}?labelSelector=keep`);
  expect(left.body.items.map(({ metadata }) => metadata.name)).toEqual(['b']);
});

test.each([
  ['Orphan', 'orphan'],
  ['Foreground', 'foregroundDeletion'],
])('%s deletion of an owner is held by a finalizer until its dependents are dealt with', async (policy, finalizer) => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, { metadata: { name: 'a', finalizers: ['x.io/y'] } });
  const { body } = await send(cluster, 'DELETE', `${CONFIG_MAPS}/a?propagationPolicy=${policy}`);
  expect(at(body, 'metadata', 'finalizers')).toEqual(['x.io/y', finalizer]);
  expect((await send(cluster, 'DELETE', `${CONFIG_MAPS}/a?propagationPolicy=Sometimes`)).status).toBe(400);
});
