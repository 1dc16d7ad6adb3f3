import { once } from 'node:events';
import { drip, echo, replyAndClose, reset, slowAnswer } from '@kforge/testing';
import { expect, test } from 'vitest';
import { ForwardNotFoundError } from '../../src/errors/forward-errors.ts';
import { DisposedError } from '../../src/errors/options-error.ts';
import { PortForwardManager } from '../../src/manager/port-forward-manager.ts';
import type { PortForwardEvent } from '../../src/model/forward-events.ts';
import { isPortAvailable } from '../../src/ports/is-port-available.ts';
import { connectLocal, echoThrough, howItEnds, readToEnd } from '../helpers/local-client.ts';
import { startManager } from '../helpers/start-manager.ts';

const config = { podName: 'web-0', localPort: 0, remotePort: 7001 } as const;

test('forwards on 127.0.0.1 and on ::1', async () => {
  await using fixture = await startManager();
  const forward = await fixture.manager.startForward(config);
  for (const address of forward.addresses) expect(await echoThrough(forward.localPort, 'hello', address)).toBe('hello');
  expect(forward.addresses).toContain('127.0.0.1');
});

test('says what it forwards', async () => {
  await using fixture = await startManager();
  const forward = await fixture.manager.startForward(config);
  await echoThrough(forward.localPort, 'hello');
  expect(forward.snapshot()).toMatchObject({
    id: forward.id,
    podName: 'web-0',
    namespace: 'default',
    context: 'simulated',
    target: { kind: 'pod', name: 'web-0' },
    localPort: forward.localPort,
    remotePort: 7001,
    status: 'connected',
    carrier: 'websocket-tunnel',
    traffic: { bytesReceived: 5, bytesSent: 5, totalConnections: 1, failedConnections: 0 },
  });
  expect(fixture.manager.getForward(forward.id)).toMatchObject({ id: forward.id });
  expect(JSON.parse(JSON.stringify(forward))).toMatchObject({ id: forward.id, status: 'connected' });
});

test('forwards several ports, numeric and named, in one forward', async () => {
  await using fixture = await startManager({ serve: { 7101: replyAndClose('second') } });
  const forward = await fixture.manager.startForward({ podName: 'web-0', ports: [':echo', ':7101'] });
  expect(forward.ports.map(({ requestedPort, remotePort }) => [requestedPort, remotePort])).toEqual([
    ['echo', 7001],
    [7101, 7101],
  ]);
  const [first, second] = forward.ports;
  expect(await echoThrough(first?.localPort ?? 0, 'one')).toBe('one');
  expect(await readToEnd(await connectLocal(second?.localPort ?? 0))).toBe('second');
});

test('maps a service port to the named port of the pod that it finds', async () => {
  await using fixture = await startManager();
  fixture.cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'echo' }] });
  const forward = await fixture.manager.startForward({ target: 'svc/web', localPort: 0, remotePort: 80 });
  expect(forward).toMatchObject({ podName: 'web-0', remotePort: 7001 });
  expect(await echoThrough(forward.localPort, 'hi')).toBe('hi');
});

test('reports added, updated and removed, in this order', async () => {
  await using fixture = await startManager();
  const events: PortForwardEvent[] = [];
  fixture.manager.onForwardsChanged((event) => events.push(event));
  const forward = await fixture.manager.startForward(config);
  await fixture.manager.stopForward(forward.id);
  const seen = events.map((event) =>
    event.type === 'removed' ? event.type : `${event.type} ${event.forwardInfo.status}`,
  );
  expect(seen).toEqual(['added connecting', 'updated connected', 'updated stopped', 'removed']);
  expect(new Set(events.map(({ forwardId }) => forwardId))).toEqual(new Set([forward.id]));
});

test('rejects to stop what it does not know, while the handle may stop twice', async () => {
  await using fixture = await startManager();
  const forward = await fixture.manager.startForward(config);
  await forward.stop();
  await forward.stop();
  await expect(fixture.manager.stopForward(forward.id)).rejects.toBeInstanceOf(ForwardNotFoundError);
  await expect(fixture.manager.stopForward('nope')).rejects.toThrow('Forward nope not found');
});

test('stop frees the port and resets what is open', async () => {
  await using fixture = await startManager({ serve: { 7009: drip() } });
  const forward = await fixture.manager.startForward({ ...config, remotePort: 7009 });
  const { localPort } = forward;
  const socket = await connectLocal(localPort);
  await once(socket, 'data');
  const end = howItEnds(socket);
  await forward.stop();
  expect(await end).toBe('reset');
  expect(await isPortAvailable({ port: localPort })).toBe(true);
  expect(forward.status).toBe('stopped');
  await expect.poll(() => fixture.cluster.tunnels.length).toBe(0);
});

test('leaving the block stops the forward', async () => {
  await using fixture = await startManager();
  let localPort = 0;
  {
    await using forward = await fixture.manager.startForward(config);
    localPort = forward.localPort;
  }
  expect(fixture.manager.getAllForwards()).toEqual([]);
  expect(await isPortAvailable({ port: localPort })).toBe(true);
});

test('an abort during the start rejects with its reason and leaves nothing behind', async () => {
  await using fixture = await startManager();
  const controller = new AbortController();
  fixture.manager.onForwardsChanged(({ type }) => {
    if (type === 'added') controller.abort(new Error('changed my mind'));
  });
  await expect(fixture.manager.startForward({ ...config, signal: controller.signal })).rejects.toThrow(
    'changed my mind',
  );
  expect(fixture.manager.getAllForwards()).toEqual([]);
  await expect.poll(() => fixture.cluster.tunnels.length).toBe(0);
});

test('one refused and one reset connection end by themselves, and the forward goes on', async () => {
  await using fixture = await startManager({ serve: { 7005: reset() } });
  const forward = await fixture.manager.startForward({ podName: 'web-0', ports: [':7001', ':7005', ':9999'] });
  const [good, broken, refused] = forward.ports.map(({ localPort }) => localPort) as [number, number, number];
  const sibling = await connectLocal(good);
  const resetSocket = await connectLocal(broken);
  resetSocket.write('x');
  expect(await howItEnds(resetSocket)).toBe('reset');
  expect(await howItEnds(await connectLocal(refused))).toBe('reset');
  sibling.write('alive');
  expect(String(((await once(sibling, 'data')) as [Buffer])[0])).toBe('alive');
  sibling.destroy();
  expect(forward.status).toBe('connected');
  expect(forward.traffic.failedConnections).toBe(2);
  expect(forward.snapshot().lastConnectionError).toBe('Nothing in the pod listens on port 9999');
});

test('a lost tunnel is dialled again; what was open is reset, what comes is served', async () => {
  await using fixture = await startManager();
  const forward = await fixture.manager.startForward(config);
  const statuses: string[] = [];
  fixture.manager.onForwardsChanged((event) => {
    if (event.type === 'updated') statuses.push(event.forwardInfo.status);
  });
  const socket = await connectLocal(forward.localPort);
  socket.write('x');
  await once(socket, 'data');
  fixture.cluster.dropTunnels();
  expect(await howItEnds(socket)).toBe('reset');
  expect(await echoThrough(forward.localPort, 'again')).toBe('again');
  expect(statuses.slice(0, 2)).toEqual(['disconnected', 'connected']);
});

test('a forward to a pod that is deleted for good ends in error and frees its port', async () => {
  await using fixture = await startManager();
  const forward = await fixture.manager.startForward(config);
  const { localPort } = forward;
  const failed = Promise.withResolvers<string | undefined>();
  fixture.manager.onForwardsChanged((event) => {
    if (event.type === 'updated' && event.forwardInfo.status === 'error') failed.resolve(event.forwardInfo.error);
  });
  await fixture.cluster.deletePod({ name: 'web-0' });
  const socket = await connectLocal(localPort);
  await howItEnds(socket);
  expect(await failed.promise).toContain('There is no pod "web-0"');
  expect(await isPortAvailable({ port: localPort })).toBe(true);
  expect(fixture.manager.getForward(forward.id)?.status).toBe('error');
});

test('an answer that outlasts the client arrives whole, though the runtime cuts a second after the end', async () => {
  await using fixture = await startManager({
    cluster: { portForward: { closeLagMs: 1000, halfClose: false } },
    serve: { 7008: slowAnswer() },
  });
  const forward = await fixture.manager.startForward({ ...config, remotePort: 7008 });
  const socket = await connectLocal(forward.localPort);
  socket.end('go\n');
  expect(await readToEnd(socket)).toBe('ab'.repeat(30));
});

test.each([
  [{ tunnel: true, spdy: true, legacy: true }, 'websocket-tunnel', 1],
  [{ tunnel: false, spdy: true, legacy: true }, 'spdy', 2],
  [{ tunnel: false, spdy: false, legacy: true }, 'legacy-websocket', 3],
] as const)('falls back to what the server has (%j) and remembers it', async (portForward, carrier, attempts) => {
  await using fixture = await startManager({ cluster: { portForward } });
  const forward = await fixture.manager.startForward(config);
  expect(forward.snapshot().carrier).toBe(carrier);
  expect(await echoThrough(forward.localPort, 'hello')).toBe('hello');
  const upgrades = () => fixture.cluster.requests.filter(({ path }) => path.endsWith('/portforward'));
  expect(upgrades().length).toBeGreaterThanOrEqual(attempts);
  const before = upgrades().length;
  const second = await fixture.manager.startForward(config);
  expect(upgrades().length - before).toBe(1);
  expect(await echoThrough(second.localPort, 'hello')).toBe('hello');
});

test.each([
  ['create', 'spdy'],
  ['get', 'websocket-tunnel'],
] as const)('works for a role that has only the verb %s', async (verb, carrier) => {
  await using fixture = await startManager({
    cluster: { authorize: (request) => request.subresource !== 'portforward' || request.verb === verb },
  });
  const forward = await fixture.manager.startForward(config);
  expect(forward.snapshot().carrier).toBe(carrier);
});

test('two managers in one process know nothing of each other', async () => {
  await using fixture = await startManager();
  await using other = new PortForwardManager({ kubeConfig: fixture.cluster.kubeconfigPath });
  const mine = await fixture.manager.startForward(config);
  const theirs = await other.startForward(config);
  await other.dispose();
  expect(theirs.status).toBe('stopped');
  expect(await echoThrough(mine.localPort, 'mine')).toBe('mine');
});

test('a disposed manager takes no more forwards, and getInstance makes another', async () => {
  const first = PortForwardManager.getInstance();
  expect(PortForwardManager.getInstance()).toBe(first);
  await first.dispose();
  await first.dispose();
  await expect(first.startForward(config)).rejects.toBeInstanceOf(DisposedError);
  const second = PortForwardManager.getInstance();
  expect(second).not.toBe(first);
  await second.dispose();
});

test('a hundred connections at once are served over few tunnels', async () => {
  await using fixture = await startManager({ serve: { 7101: echo() } });
  const forward = await fixture.manager.startForward(config);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => echoThrough(forward.localPort, `number ${index}`)),
  );
  expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => `number ${index}`));
  expect(fixture.cluster.tunnels.length).toBeLessThanOrEqual(4);
});
