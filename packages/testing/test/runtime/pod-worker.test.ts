import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { neverReads } from '../../src/pods/never-reads.ts';
import { builtInKind } from '../../src/state/built-in-kinds.ts';
import { SimulatedNodes } from './helpers/simulated-nodes.ts';

const POD = { name: 'web', namespace: 'default' };
const SLOW = { name: 'web', stopMs: 8000, serve: { 80: neverReads() } };

/** Opens a connection to port 80 of `web`. */
function connect(nodes: SimulatedNodes): PassThrough {
  const connection = new PassThrough();
  const handler = nodes.sandboxes.findHandler(nodes.pod('web'), 80);
  if (!handler) throw new Error('refused');
  void handler(connection, { port: 80, podName: 'web', namespace: 'default' });
  return connection;
}

test('a deleted pod drains: no new connections, open ones live until it has ended', async () => {
  using nodes = new SimulatedNodes({ images: [SLOW] });
  nodes.addPod('web');
  const connection = connect(nodes);
  nodes.delete('web');
  expect(nodes.pod('web').metadata).toMatchObject({ deletionGracePeriodSeconds: 30 });
  expect(() => connect(nodes)).toThrow('refused');
  expect(nodes.isReady('web')).toBe(true);
  nodes.clock.advance(7999);
  expect(connection.destroyed).toBe(false);
  nodes.clock.advance(1);
  expect(nodes.find('web')).toBeUndefined();
  await once(connection, 'close');
  expect(nodes.events('web').at(-1)).toBe('Normal Killing: Stopping container main');
  expect(nodes.clock.waiting).toBe(0);
});

test('an image that does not drain accepts connections until it has ended', () => {
  using nodes = new SimulatedNodes({ images: [{ ...SLOW, drains: false }] });
  nodes.addPod('web');
  nodes.delete('web');
  expect(connect(nodes).destroyed).toBe(false);
});

test('at the end of its grace a container is killed', () => {
  using nodes = new SimulatedNodes({ images: [SLOW] });
  nodes.addPod('web');
  const seen = nodes.follow('web', ({ status }) => String(status.containerStatuses?.[0]?.state?.terminated?.exitCode));
  nodes.delete('web', 5);
  nodes.clock.advance(4999);
  expect(nodes.find('web')).toBeDefined();
  nodes.clock.advance(1);
  expect(seen).toEqual(['undefined', '137', 'gone']);
});

test('a second request can shorten the grace, not lengthen it', () => {
  using nodes = new SimulatedNodes({ images: [SLOW] });
  nodes.addPod('web');
  nodes.delete('web', 6);
  nodes.clock.advance(1000);
  nodes.delete('web', 60);
  nodes.delete('web', 2);
  nodes.clock.advance(1999);
  expect(nodes.find('web')).toBeDefined();
  nodes.clock.advance(1);
  expect(nodes.find('web')).toBeUndefined();
});

test('without grace a pod is gone at once, and its connections are cut', async () => {
  using nodes = new SimulatedNodes({ images: [SLOW] });
  nodes.addPod('web');
  const connection = connect(nodes);
  nodes.delete('web', 0);
  expect(nodes.find('web')).toBeUndefined();
  await once(connection, 'close');
  expect(nodes.clock.waiting).toBe(0);
});

test('a pod that replaced another one is left alone', () => {
  using nodes = new SimulatedNodes({ images: [SLOW] });
  nodes.addPod('web');
  nodes.delete('web');
  nodes.delete('web', 0);
  nodes.addPod('web');
  const { uid } = nodes.pod('web').metadata;
  nodes.clock.advance(60_000);
  expect(nodes.pod('web').metadata).toMatchObject({ uid });
  expect(nodes.pod('web').metadata.deletionTimestamp).toBeUndefined();
  expect(nodes.isReady('web')).toBe(true);
});

test('finalizers hold the object of a pod that has ended', () => {
  using nodes = new SimulatedNodes();
  nodes.addPod('web', { metadata: { finalizers: ['example.com/hold'] } });
  nodes.delete('web');
  const { metadata, status } = nodes.pod('web');
  expect(metadata.deletionGracePeriodSeconds).toBe(0);
  expect(status).toMatchObject({ containerStatuses: [{ ready: false, state: { terminated: { exitCode: 0 } } }] });
  nodes.store.replace({
    ...nodes.pod('web'),
    metadata: { ...metadata, deletionGracePeriodSeconds: 0, finalizers: [] },
  });
  expect(nodes.find('web')).toBeUndefined();
});

test('a pod is deleted while it waits for its image', () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'web', pull: 'not-found' }] });
  nodes.addPod('web');
  nodes.delete('web');
  expect(nodes.find('web')).toBeUndefined();
  expect(nodes.clock.waiting).toBe(0);
});

test('an evicted pod has failed, says why, and runs nothing any more', async () => {
  using nodes = new SimulatedNodes({ images: [SLOW] });
  nodes.addPod('web');
  const connection = connect(nodes);
  nodes.runtime.evict({ ...POD, message: 'The node was low on resource: memory.' });
  expect(nodes.pod('web').status).toMatchObject({
    phase: 'Failed',
    reason: 'Evicted',
    message: 'The node was low on resource: memory.',
    containerStatuses: [{ ready: false, state: { terminated: { exitCode: 137 } } }],
  });
  expect(nodes.condition('web', 'DisruptionTarget')).toMatchObject({ status: 'True', reason: 'TerminationByKubelet' });
  await once(connection, 'close');
  expect(() => nodes.sandboxes.findHandler(nodes.pod('web'), 80)).toThrow('failed to find sandbox');
  expect(nodes.clock.waiting).toBe(0);
});

test('the pods of a node that is lost are not ready until it is back', () => {
  using nodes = new SimulatedNodes({ nodes: ['node-a', 'node-b'] });
  nodes.addPod('web');
  nodes.addPod('api');
  nodes.runtime.setNodeReady({ name: 'node-a', ready: false });
  expect([nodes.isReady('web'), nodes.isReady('api')]).toEqual([false, true]);
  expect(nodes.condition('web', 'ContainersReady')?.status).toBe('True');
  nodes.addPod('late');
  expect(nodes.pod('late').spec.nodeName).toBe('node-b');
  nodes.runtime.setNodeReady({ name: 'node-a', ready: true });
  expect(nodes.isReady('web')).toBe(true);
});

test('deletePod ends what a kubelet runs within the grace', async () => {
  using nodes = new SimulatedNodes({ images: [SLOW] });
  nodes.addPod('web');
  const deleted = nodes.runtime.deletePod({ ...POD, graceMs: 2000 });
  nodes.clock.advance(1999);
  expect(nodes.find('web')).toBeDefined();
  nodes.clock.advance(1);
  await deleted;
  expect(nodes.find('web')).toBeUndefined();
  await expect(nodes.runtime.deletePod({ ...POD, graceMs: 0 })).rejects.toMatchObject({ code: 404 });
});

test('a static pod keeps its status, and its connections for the grace of deletePod', async () => {
  using nodes = new SimulatedNodes();
  nodes.sandboxes.create({ uid: 'u-1', serve: SLOW.serve });
  nodes.addPod('web', { metadata: { uid: 'u-1' } });
  expect(nodes.pod('web').status).toEqual({ phase: 'Pending' });
  const connection = connect(nodes);
  const deleted = nodes.runtime.deletePod({ ...POD, graceMs: 500 });
  expect(nodes.pod('web').metadata).toMatchObject({ deletionGracePeriodSeconds: 1 });
  nodes.clock.advance(499);
  expect(connect(nodes).destroyed).toBe(false);
  nodes.clock.advance(1);
  await deleted;
  expect(nodes.find('web')).toBeUndefined();
  await once(connection, 'close');
});

test('a static pod that a client deletes is gone at once, and so is its sandbox', () => {
  using nodes = new SimulatedNodes();
  nodes.sandboxes.create({ uid: 'u-1', serve: SLOW.serve });
  nodes.addPod('web', { metadata: { uid: 'u-1' }, spec: { nodeName: 'node-a', containers: [{ name: 'main' }] } });
  nodes.delete('web');
  expect(nodes.find('web')).toBeUndefined();
  expect(nodes.sandboxes.has('u-1')).toBe(false);
});

test('a static pod can be evicted', () => {
  using nodes = new SimulatedNodes();
  nodes.sandboxes.create({ uid: 'u-1', serve: SLOW.serve });
  nodes.addPod('web', { metadata: { uid: 'u-1' } });
  nodes.runtime.evict({ ...POD, message: 'too much' });
  expect(nodes.pod('web').status).toMatchObject({ phase: 'Failed', reason: 'Evicted', message: 'too much' });
  expect(nodes.sandboxes.has('u-1')).toBe(false);
});

test('the end of the cluster fulfils a deletePod that waits', async () => {
  const nodes = new SimulatedNodes({ images: [SLOW] });
  nodes.addPod('web');
  nodes.sandboxes.create({ uid: 'u-1', serve: {} });
  nodes.addPod('static', { metadata: { uid: 'u-1' } });
  const deleted = ['web', 'static'].map((name) =>
    nodes.runtime.deletePod({ name, namespace: 'default', graceMs: 9000 }),
  );
  nodes.stopping.abort();
  await Promise.all(deleted);
  expect(nodes.clock.waiting).toBe(0);
  expect(nodes.store.list({ kind: builtInKind('Pod') })).toHaveLength(2);
});
