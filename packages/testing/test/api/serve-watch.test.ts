import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../src/index.ts';
import { type ApiEvent, ask, watch } from '../helpers/api-client.ts';

const PODS = '/api/v1/namespaces/default/pods';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

async function revisionOf(cluster: SimulatedCluster): Promise<string> {
  return (await ask(cluster, PODS)).body.metadata.resourceVersion;
}

function summary(event: ApiEvent | undefined): string {
  return `${event?.type} ${event?.object.metadata.name}`;
}

test('a watch goes on from the revision of a list', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'before' });
  const revision = await revisionOf(cluster);
  cluster.addPod({ name: 'between' });
  using pods = await watch(cluster, `${PODS}?watch=true&resourceVersion=${revision}`);
  expect(summary(await pods.next())).toBe('ADDED between');
  cluster.setPodReady({ name: 'before', ready: false });
  expect(summary(await pods.next())).toBe('MODIFIED before');
});

test.each(['', '&resourceVersion=0'])('a watch with "%s" begins with what is there', async (parameter) => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  using pods = await watch(cluster, `${PODS}?watch=1${parameter}`);
  expect(summary(await pods.next())).toBe('ADDED web');
  cluster.addPod({ name: 'next' });
  expect(summary(await pods.next())).toBe('ADDED next');
});

test('a deleted pod is told as terminating first, then as deleted', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  using pods = await watch(cluster, `${PODS}?watch=true&resourceVersion=${await revisionOf(cluster)}`);
  await cluster.deletePod({ name: 'web' });
  const [terminating, deleted] = [await pods.next(), await pods.next()];
  expect([terminating?.type, deleted?.type]).toEqual(['MODIFIED', 'DELETED']);
  expect(terminating?.object.metadata.deletionTimestamp).toBeDefined();
  expect(Number(deleted?.object.metadata.resourceVersion)).toBeGreaterThan(
    Number(terminating?.object.metadata.resourceVersion),
  );
  expect((await ask(cluster, `${PODS}/web`)).status).toBe(404);
});

test('a watch tells only what its namespace and selectors select', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addNamespace('shop');
  using one = await watch(cluster, `${PODS}?watch=true&fieldSelector=metadata.name%3Db&labelSelector=app`);
  cluster.addPod({ name: 'b', namespace: 'shop', labels: { app: 'x' } });
  cluster.addPod({ name: 'a', labels: { app: 'x' } });
  cluster.addPod({ name: 'b', labels: { app: 'x' } });
  const event = await one.next();
  expect([summary(event), event?.object.metadata.namespace]).toEqual(['ADDED b', 'default']);
});

test('a revision older than the history is an error event with a 410, and the watch ends', async () => {
  await using cluster = await SimulatedCluster.start({ historyLimit: 2 });
  const revision = await revisionOf(cluster);
  for (const name of ['a', 'b', 'c']) cluster.addPod({ name });
  using pods = await watch(cluster, `${PODS}?watch=true&resourceVersion=${revision}`);
  expect(pods.status).toBe(200);
  expect(await pods.next()).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
  expect(await pods.next()).toBeUndefined();
});

test('a streaming list ends its initial events with a marked bookmark', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  const parameters = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
  using pods = await watch(cluster, `${PODS}?${parameters}`);
  expect(summary(await pods.next())).toBe('ADDED web');
  expect(await pods.next()).toMatchObject({
    type: 'BOOKMARK',
    object: { kind: 'Pod', metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
  });
});

test('a watch ends after its timeout, with a bookmark of the present revision', async () => {
  await using cluster = await SimulatedCluster.start();
  const revision = await revisionOf(cluster);
  using pods = await watch(
    cluster,
    `${PODS}?watch=true&resourceVersion=${revision}&timeoutSeconds=1&allowWatchBookmarks=true`,
  );
  cluster.addNamespace('unrelated');
  const bookmark = await pods.next();
  expect(bookmark?.type).toBe('BOOKMARK');
  expect(Number(bookmark?.object.metadata.resourceVersion)).toBeGreaterThan(Number(revision));
  expect(await pods.next()).toBeUndefined();
});

test('a watch as a table brings the columns only once', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  using pods = await watch(cluster, `${PODS}?watch=true`, { headers: { accept: TABLE } });
  const first = await pods.next();
  cluster.setPodReady({ name: 'web', ready: false });
  const second = await pods.next();
  expect(first).toMatchObject({
    type: 'ADDED',
    object: { kind: 'Table', rows: [{ object: { metadata: { name: 'web' } } }] },
  });
  expect(first?.object.columnDefinitions).not.toBeNull();
  expect(second?.object.columnDefinitions).toBeNull();
  expect(second?.object.rows[0]?.cells[1]).toBe('0/1');
});

test.each([
  ['resourceVersion=abc', 400],
  ['resourceVersion=999999&sendInitialEvents=true&resourceVersionMatch=NotOlderThan', 504],
  ['timeoutSeconds=-1', 400],
  ['sendInitialEvents=true', 400],
  ['resourceVersionMatch=NotOlderThan', 400],
  ['labelSelector=%3D', 400],
])('a watch with %s is answered with %i before it begins', async (parameter, code) => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, `${PODS}?watch=true&${parameter}`)).status).toBe(code);
});

test('stopping the cluster ends its watches', async () => {
  const cluster = await SimulatedCluster.start();
  using pods = await watch(cluster, `${PODS}?watch=true`);
  const next = pods.next().catch((error: NodeJS.ErrnoException) => error.code);
  await cluster.stop();
  expect(await next).toBe('ECONNRESET');
});
