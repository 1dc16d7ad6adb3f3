import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { echo, replyAndClose, SimulatedCluster } from '@kforge/testing';
import { expect, test } from 'vitest';
import { StartTimeoutError } from '../../src/errors/forward-errors.ts';
import { OptionsError } from '../../src/errors/options-error.ts';
import { PortConflictError } from '../../src/errors/port-errors.ts';
import { PodNotRunningError } from '../../src/errors/target-errors.ts';
import { PortForwardManager } from '../../src/manager/port-forward-manager.ts';
import { isPortAvailable } from '../../src/ports/is-port-available.ts';
import { echoThrough } from '../helpers/local-client.ts';
import { startManager } from '../helpers/start-manager.ts';

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await server[Symbol.asyncDispose]();
  return port;
}

test('Handle connection timeout', async () => {
  const accepted: Socket[] = [];
  await using silent = createServer((socket) => accepted.push(socket.on('error', () => undefined)));
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const server = `https://127.0.0.1:${(silent.address() as { port: number }).port}`;
  await using manager = new PortForwardManager({
    kubeConfig: {
      clusters: [{ name: 'silent', cluster: { server } }],
      users: [{ name: 'me', user: { token: 't' } }],
      contexts: [{ name: 'silent', context: { cluster: 'silent', user: 'me' } }],
      'current-context': 'silent',
    },
  });
  const localPort = await freePort();
  const start = manager.startForward({ podName: 'web-0', localPort, remotePort: 80, startTimeoutMs: 300 });
  const error = await failureOf(start);
  expect(accepted.length).toBeGreaterThan(0);
  for (const socket of accepted) socket.destroy();
  expect(error).toBeInstanceOf(StartTimeoutError);
  expect(error).toMatchObject({ timeoutMs: 300 });
  expect(manager.getAllForwards()).toEqual([]);
  expect(await isPortAvailable({ port: localPort })).toBe(true);
});

test('Handle pod not running error', async () => {
  await using fixture = await startManager();
  fixture.cluster.addPod({
    name: 'waiting',
    phase: 'Pending',
    ready: false,
    containerStates: { main: { state: { waiting: { reason: 'ImagePullBackOff' } } } },
  });
  const error = await failureOf(
    fixture.manager.startForward({ podName: 'waiting', localPort: 0, remotePort: 80, podRunningTimeoutMs: 0 }),
  );
  expect(error).toBeInstanceOf(PodNotRunningError);
  expect(error).toMatchObject({ phase: 'Pending', containerStates: ['main: waiting (ImagePullBackOff)'] });
});

test('Validate local port range', async () => {
  await using manager = new PortForwardManager();
  const error = await failureOf(manager.startForward({ podName: 'web-0', localPort: 70_000, remotePort: 80 }));
  expect(error).toBeInstanceOf(OptionsError);
  expect((error as Error).message).toBe('Local port must be between 0 and 65535');
});

test('Handle port conflict with retry', async () => {
  await using fixture = await startManager();
  await using other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port: taken } = other.address() as { port: number };
  const config = { podName: 'web-0', localPort: taken, remotePort: 7001 };
  const error = await failureOf(fixture.manager.startForward(config));
  expect(error).toBeInstanceOf(PortConflictError);
  const { requestedPort, suggestedPort, owner } = error as PortConflictError;
  expect(requestedPort).toBe(taken);
  if (process.platform === 'linux') expect(owner?.pid).toBe(process.pid);
  const forward = await fixture.manager.startForward({ ...config, localPort: suggestedPort as number });
  expect(await echoThrough(forward.localPort, 'hello')).toBe('hello');
});

test('a taken port fails before the cluster is asked anything', async () => {
  await using fixture = await startManager();
  await using other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port: localPort } = other.address() as { port: number };
  await failureOf(fixture.manager.startForward({ podName: 'web-0', localPort, remotePort: 7001 }));
  expect(fixture.cluster.requests).toEqual([]);
});

test('Multiple forwards to same pod', async () => {
  await using fixture = await startManager({ serve: { 7101: echo() } });
  const first = await fixture.manager.startForward({ podName: 'web-0', localPort: 0, remotePort: 7001 });
  const second = await fixture.manager.startForward({ podName: 'web-0', localPort: 0, remotePort: 7101 });
  expect(await Promise.all([echoThrough(first.localPort, 'one'), echoThrough(second.localPort, 'two')])).toEqual([
    'one',
    'two',
  ]);
  await first.stop();
  expect(await echoThrough(second.localPort, 'still')).toBe('still');
});

test('Multiple forwards across namespaces', async () => {
  await using fixture = await startManager();
  fixture.cluster.addNamespace('other');
  fixture.cluster.addPod({
    name: 'web-0',
    namespace: 'other',
    serve: { 7001: replyAndClose('other') },
  });
  const here = await fixture.manager.startForward({ podName: 'web-0', localPort: 0, remotePort: 7001 });
  const there = await fixture.manager.startForward({
    podName: 'web-0',
    namespace: 'other',
    localPort: 0,
    remotePort: 7001,
  });
  expect(await echoThrough(here.localPort, 'heres')).toBe('heres');
  expect(await echoThrough(there.localPort, 'other')).toBe('other');
  expect(fixture.manager.getAllForwards().map(({ namespace }) => namespace)).toEqual(['default', 'other']);
});

test('Start forward when pod exists in multiple contexts', async () => {
  await using first = await SimulatedCluster.start({ contextName: 'first' });
  await using second = await SimulatedCluster.start({ contextName: 'second' });
  first.addPod({ name: 'web-0', serve: { 80: replyAndClose('first') } });
  second.addPod({ name: 'web-0', serve: { 80: replyAndClose('second') } });
  await using manager = new PortForwardManager({ kubeConfig: [first.kubeconfigPath, second.kubeconfigPath] });
  const config = { podName: 'web-0', localPort: 0, remotePort: 80 };
  const toFirst = await manager.startForward({ ...config, context: 'first' });
  const toSecond = await manager.startForward({ ...config, context: 'second' });
  expect(await echoThrough(toFirst.localPort, 'first')).toBe('first');
  expect(await echoThrough(toSecond.localPort, 'second')).toBe('second');
  expect(manager.getAllForwards().map(({ context }) => context)).toEqual(['first', 'second']);
});

test('Uptime calculated on-demand', async () => {
  await using fixture = await startManager();
  const before = Date.now();
  const forward = await fixture.manager.startForward({ podName: 'web-0', localPort: 0, remotePort: 7001 });
  expect(forward.startTime.getTime()).toBeGreaterThanOrEqual(before);
  expect(forward.uptime).toBe(Math.floor((Date.now() - forward.startTime.getTime()) / 1000));
});

test('Uptime accuracy without polling', async () => {
  await using fixture = await startManager();
  const forward = await fixture.manager.startForward({ podName: 'web-0', localPort: 0, remotePort: 7001 });
  const realNow = Date.now;
  try {
    Date.now = () => realNow() + 3_600_000;
    expect(forward.uptime).toBeGreaterThanOrEqual(3600);
    expect(forward.uptime).toBeLessThan(3660);
  } finally {
    Date.now = realNow;
  }
});

test('Handle RBAC permission denied', async () => {
  await using fixture = await startManager({
    cluster: { authorize: ({ subresource }) => subresource !== 'portforward' },
  });
  const error = await failureOf(fixture.manager.startForward({ podName: 'web-0', localPort: 0, remotePort: 7001 }));
  expect(error).toMatchObject({ code: 'FORBIDDEN', verb: 'create', resource: 'pods/portforward' });
  expect((error as Error).message).toContain(
    "Permission denied: You need pods/portforward permission in namespace 'default'",
  );
});

test('Clear error messages for common issues', async () => {
  await using fixture = await startManager();
  const { manager } = fixture;
  const sentences = await Promise.all(
    [
      { podName: 'nope', remotePort: 80 },
      { podName: 'web-0', namespace: 'nope', remotePort: 80 },
      { podName: 'web-0', context: 'nope', remotePort: 80 },
      { podName: 'web-0', remotePort: 'nope' },
      { target: 'svc/nope', remotePort: 80 },
      { podName: '', remotePort: 80 },
    ].map(async (config) => ((await failureOf(manager.startForward({ localPort: 0, ...config }))) as Error).message),
  );
  expect(sentences).toEqual([
    'There is no pod "nope" in namespace "default"',
    'There is no namespace "nope" in the cluster of context "simulated"',
    'There is no context "nope"',
    'The pod "web-0" declares no port named "nope"',
    'There is no service "nope" in namespace "default"',
    'Pod name is required',
  ]);
});
