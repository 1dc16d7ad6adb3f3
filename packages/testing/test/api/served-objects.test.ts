import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../src/index.ts';
import { ask, watch } from '../helpers/api-client.ts';
import { at, type SentObject, send } from '../helpers/write.ts';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const widgets = (version: string) => `/apis/example.com/${version}/namespaces/default/widgets`;
const CORE_EVENTS = '/api/v1/namespaces/default/events';
const OTHER_EVENTS = '/apis/events.k8s.io/v1/namespaces/default/events';

function version(name: string, fields: SentObject, rest: SentObject = {}): SentObject {
  const spec = { type: 'object', properties: fields };
  return {
    name,
    served: true,
    storage: name === 'v1',
    schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
    ...rest,
  };
}

const TEXT = { type: 'string' };
const V1 = version('v1', { a: TEXT, both: TEXT });
const V2 = version('v2', { b: { type: 'string', default: 'd' }, both: TEXT });

function definition(versions: readonly SentObject[]): SentObject {
  const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' };
  return {
    metadata: { name: 'widgets.example.com' },
    spec: { group: 'example.com', scope: 'Namespaced', names, versions },
  };
}

async function clusterWith(...versions: readonly SentObject[]): Promise<SimulatedCluster> {
  const cluster = await SimulatedCluster.start();
  expect((await send(cluster, 'POST', DEFINITIONS, definition(versions))).status).toBe(201);
  return cluster;
}

test('every served version shows the same object, with the fields that it has', async () => {
  await using cluster = await clusterWith(V1, V2);
  await send(cluster, 'POST', widgets('v1'), { metadata: { name: 'w' }, spec: { a: '1', both: '2' } });
  const { body } = await ask(cluster, `${widgets('v2')}/w`);
  expect(body).toMatchObject({ apiVersion: 'example.com/v2', kind: 'Widget', metadata: { name: 'w' } });
  expect(at(body, 'spec')).toEqual({ both: '2', b: 'd' });
  const list = await ask(cluster, widgets('v2'));
  expect(list.body).toMatchObject({ apiVersion: 'example.com/v2', kind: 'WidgetList' });
  expect(list.body.items.map(({ apiVersion }) => apiVersion)).toEqual(['example.com/v2']);
  expect(at((await ask(cluster, `${widgets('v1')}/w`)).body, 'spec')).toEqual({ a: '1', both: '2' });
});

test('what is written in one version is kept as the version for storage has it', async () => {
  await using cluster = await clusterWith(V1, V2);
  const created = await send(cluster, 'POST', widgets('v2'), { metadata: { name: 'w' }, spec: { b: '1', both: '2' } });
  expect([created.status, created.body.apiVersion]).toEqual([201, 'example.com/v2']);
  expect(at((await ask(cluster, `${widgets('v1')}/w`)).body, 'spec')).toEqual({ both: '2' });
  expect((await send(cluster, 'POST', widgets('v1'), { metadata: { name: 'w' } })).status).toBe(409);
  const merge = 'application/merge-patch+json';
  const patched = await send(cluster, 'PATCH', `${widgets('v2')}/w`, { spec: { both: '3' } }, merge);
  expect(patched.body.apiVersion).toBe('example.com/v2');
  expect(at((await ask(cluster, `${widgets('v1')}/w`)).body, 'spec', 'both')).toBe('3');
  expect((await send(cluster, 'DELETE', `${widgets('v2')}/w`)).status).toBe(200);
  expect((await ask(cluster, `${widgets('v1')}/w`)).status).toBe(404);
});

test('a watch of one version hears of what is written in another', async () => {
  await using cluster = await clusterWith(V1, V2);
  const { resourceVersion } = (await ask(cluster, widgets('v2'))).body.metadata;
  using changes = await watch(cluster, `${widgets('v2')}?watch=true&resourceVersion=${resourceVersion}`);
  await send(cluster, 'POST', widgets('v1'), { metadata: { name: 'w' }, spec: { both: '1' } });
  expect(await changes.next()).toMatchObject({
    type: 'ADDED',
    object: { apiVersion: 'example.com/v2', metadata: { name: 'w' }, spec: { both: '1', b: 'd' } },
  });
});

test('objects stay when the version under which they are kept is no longer served', async () => {
  await using cluster = await clusterWith(V1, V2);
  const created = await send(cluster, 'POST', widgets('v1'), { metadata: { name: 'w' }, spec: { both: '1' } });
  const { metadata, spec } = definition([{ ...V1, served: false }, V2]);
  const input = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata, spec };
  cluster.update(input as unknown as Parameters<typeof cluster.update>[0]);
  expect((await ask(cluster, widgets('v1'))).status).toBe(404);
  const { body } = await ask(cluster, `${widgets('v2')}/w`);
  expect([body.apiVersion, body.metadata.uid]).toEqual(['example.com/v2', created.body.metadata.uid]);
});

test('the end of a definition ends the objects of all its versions', async () => {
  await using cluster = await clusterWith(V1, V2);
  await send(cluster, 'POST', widgets('v2'), { metadata: { name: 'w' } });
  await send(cluster, 'DELETE', `${DEFINITIONS}/widgets.example.com`);
  expect((await ask(cluster, widgets('v1'))).status).toBe(404);
  expect((await ask(cluster, widgets('v2'))).status).toBe(404);
});

test('the number of replicas of a custom resource is where its definition says', async () => {
  const scale = { specReplicasPath: '.spec.count', statusReplicasPath: '.status.count' };
  await using cluster = await clusterWith(version('v1', { count: { type: 'integer' } }, { subresources: { scale } }));
  await send(cluster, 'POST', widgets('v1'), { metadata: { name: 'w' }, spec: {} });
  expect((await ask(cluster, `${widgets('v1')}/w/scale`)).body).toMatchObject({
    code: 500,
    message: 'Internal error occurred: the spec replicas field ".spec.count" does not exist',
  });
  const wanted = { metadata: { name: 'w', namespace: 'default' }, spec: { replicas: 3 } };
  expect((await send(cluster, 'PUT', `${widgets('v1')}/w/scale`, wanted)).body).toMatchObject({
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    spec: { replicas: 3 },
    status: { replicas: 0 },
  });
  expect(at((await ask(cluster, `${widgets('v1')}/w`)).body, 'spec')).toEqual({ count: 3 });
});

const EVENT: SentObject = {
  metadata: { name: 'e', namespace: 'default' },
  eventTime: '2026-01-01T00:00:00.000000Z',
  reportingController: 'example.com/c',
  reportingInstance: 'i',
  action: 'Do',
  reason: 'Done',
  regarding: { kind: 'Pod', name: 'p', namespace: 'default' },
  note: 'hello',
  type: 'Normal',
};

test('an event of events.k8s.io is one of the core group in other words', async () => {
  await using cluster = await SimulatedCluster.start();
  const created = await send(cluster, 'POST', OTHER_EVENTS, EVENT);
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ apiVersion: 'events.k8s.io/v1', ...EVENT });
  expect((await ask(cluster, `${CORE_EVENTS}/e`)).body).toMatchObject({
    apiVersion: 'v1',
    kind: 'Event',
    involvedObject: { kind: 'Pod', name: 'p' },
    message: 'hello',
    reportingComponent: 'example.com/c',
  });
});

test('an event of the core group is shown in events.k8s.io, listed, selected and deleted', async () => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CORE_EVENTS, {
    metadata: { name: 'c' },
    involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' },
    reason: 'Done',
    message: 'm',
    source: { component: 'k' },
    count: 2,
  });
  const { body } = await ask(cluster, `${OTHER_EVENTS}?fieldSelector=reason%3DDone`);
  expect(body).toMatchObject({ apiVersion: 'events.k8s.io/v1', kind: 'EventList' });
  expect(body.items).toMatchObject([
    { regarding: { name: 'p' }, note: 'm', deprecatedSource: { component: 'k' }, deprecatedCount: 2 },
  ]);
  const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
  const { rows } = (await ask(cluster, OTHER_EVENTS, { headers: table })).body;
  expect(rows.map(({ cells }) => [cells[2], cells[3], cells[6]])).toEqual([['Done', 'pod/p', 'm']]);
  expect((await send(cluster, 'DELETE', `${OTHER_EVENTS}/c`)).status).toBe(200);
  expect((await ask(cluster, `${CORE_EVENTS}/c`)).status).toBe(404);
  expect((await ask(cluster, `${OTHER_EVENTS}/c`)).body.message).toBe('events.events.k8s.io "c" not found');
});

test('an event of events.k8s.io must be complete, and only its series changes later', async () => {
  await using cluster = await SimulatedCluster.start();
  const { note, action: _action, ...rest } = EVENT;
  const refused = await send(cluster, 'POST', OTHER_EVENTS, { ...rest, note });
  expect(refused.body).toMatchObject({ code: 422, message: 'Event "e" is invalid: action: Required value' });
  const old = await send(cluster, 'POST', OTHER_EVENTS, { ...EVENT, deprecatedCount: 1 });
  expect(old.body.message).toBe('Event "e" is invalid: count: Invalid value: "": needs to be unset');
  await send(cluster, 'POST', OTHER_EVENTS, EVENT);
  const merge = 'application/merge-patch+json';
  const changed = await send(cluster, 'PATCH', `${OTHER_EVENTS}/e`, { note: 'x' }, merge);
  expect(changed.body.message).toBe('Event "e" is invalid: message: Invalid value: "x": field is immutable');
  const series = { count: 3, lastObservedTime: '2026-01-01T00:01:00.000000Z' };
  const repeated = await send(cluster, 'PATCH', `${OTHER_EVENTS}/e`, { series }, merge);
  expect(repeated.body).toMatchObject({ note: 'hello', series });
  expect(at((await ask(cluster, `${CORE_EVENTS}/e`)).body, 'series')).toEqual(series);
});
