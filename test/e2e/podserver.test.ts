import { createHash } from 'node:crypto';
import { PortForwardManager } from '@kforge/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTo, echo, endOf, readAll, readBytes } from './helpers/talk.ts';
import { context, images, TestNamespace } from './helpers/test-namespace.ts';

const PORTS = [7001, 7002, 7003, 7004, 7005, 7006, 7007, 7008, 7009, 8080, 9999] as const;

let namespace: TestNamespace;
const manager = new PortForwardManager();
const local = new Map<number, number>();

beforeAll(async () => {
  namespace = await TestNamespace.create();
  await namespace.addPod({ name: 'server', image: images.podserver });
  const forward = await manager.startForward({
    podName: 'server',
    namespace: namespace.name,
    ...(context ? { context } : {}),
    ports: PORTS.map((port) => `:${port}`),
    podRunningTimeoutMs: 60_000,
    startTimeoutMs: 60_000,
  });
  for (const { localPort, remotePort } of forward.ports) local.set(remotePort, localPort);
});

afterAll(async () => {
  await manager.dispose();
  await namespace?.[Symbol.asyncDispose]();
});

function portOf(remotePort: number): number {
  return local.get(remotePort) as number;
}

/** The bytes of podserver's port 7002. */
function pattern(length: number): Buffer {
  const block = Buffer.from(Array.from({ length: 251 * 256 }, (_, at) => (at * 31 + 7) % 251));
  return Buffer.concat(
    Array.from({ length: Math.ceil(length / block.length) }, () => block),
    length,
  );
}

test('7001: an echo comes back byte by byte', async () => {
  const socket = await connectTo(portOf(7001));
  for (const text of ['a', 'hello\n', 'x'.repeat(70_000)]) expect(await echo(socket, text)).toBe(text);
  socket.destroy();
});

test('7001: a hundred connections at once each get their own answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const socket = await connectTo(portOf(7001));
      const answer = await echo(socket, `number ${index}\n`);
      socket.destroy();
      return answer;
    }),
  );
  expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => `number ${index}\n`));
});

test('7002: 64 MiB come down without a byte changed', async () => {
  const length = 64 * 1024 * 1024;
  const socket = await connectTo(portOf(7002));
  socket.write(`${length}\n`);
  const received = await readAll(socket);
  expect(received.length).toBe(length);
  expect(sha256(received)).toBe(sha256(pattern(length)));
});

test('7003: 64 MiB go up without a byte changed', async () => {
  const body = pattern(64 * 1024 * 1024);
  const socket = await connectTo(portOf(7003));
  socket.write(`${body.length}\n`);
  socket.write(body);
  expect((await readAll(socket)).toString().trim()).toBe(sha256(body));
});

test('7004: a server that speaks first is heard first', async () => {
  const socket = await connectTo(portOf(7004));
  expect((await readBytes(socket, 11)).toString()).toBe('220 ready\r\n');
  expect(await echo(socket, 'EHLO\r\n')).toBe('EHLO\r\n');
  socket.destroy();
});

test('7005: a reset by the pod is a reset here, and of that connection only', async () => {
  const sibling = await connectTo(portOf(7001));
  expect(await echo(sibling, 'before')).toBe('before');
  const socket = await connectTo(portOf(7005));
  socket.write('x');
  expect(await endOf(socket)).toBe('reset');
  expect(await echo(sibling, 'after')).toBe('after');
  const later = await connectTo(portOf(7001));
  expect(await echo(later, 'new')).toBe('new');
  sibling.destroy();
  later.destroy();
  expect(manager.getAllForwards()[0]?.status).toBe('connected');
});

test('7006: a server that never reads holds up nobody else', async () => {
  const stuck = await connectTo(portOf(7006));
  stuck.on('error', () => undefined);
  const chunk = Buffer.alloc(1024 * 1024);
  let flowing = true;
  for (let sent = 0; sent < 40 && flowing; sent++) flowing = stuck.write(chunk);
  const other = await connectTo(portOf(7001));
  expect(await echo(other, 'still here')).toBe('still here');
  stuck.resetAndDestroy();
  const later = await connectTo(portOf(7001));
  expect(await echo(later, 'and now')).toBe('and now');
  other.destroy();
  later.destroy();
});

test('7007: what the pod said before it closed arrives, and then the end', async () => {
  const socket = await connectTo(portOf(7007));
  expect((await readAll(socket)).toString()).toBe('done');
});

test('7008: an answer over three seconds arrives whole after the end of the client', async () => {
  const socket = await connectTo(portOf(7008), { allowHalfOpen: true });
  socket.end('go\n');
  expect((await readAll(socket)).toString()).toBe('ab'.repeat(30));
});

test('7009: bytes that trickle arrive as they come, also after the end of the client', async () => {
  const socket = await connectTo(portOf(7009), { allowHalfOpen: true });
  socket.end();
  expect((await readBytes(socket, 20)).toString()).toBe('.'.repeat(20));
  socket.destroy();
});

test('8080: HTTP works', async () => {
  const answer = await fetch(`http://127.0.0.1:${portOf(8080)}/`);
  expect(await answer.text()).toContain('server');
});

test('a port that nobody listens on resets that connection, and the forward says why', async () => {
  const socket = await connectTo(portOf(9999));
  expect(await endOf(socket)).toBe('reset');
  const forward = manager.getAllForwards()[0];
  expect(forward?.lastConnectionError).toBe('Nothing in the pod listens on port 9999');
  expect(forward?.status).toBe('connected');
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
