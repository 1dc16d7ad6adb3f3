import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FakeClock } from '../../../src/clock/fake-clock.ts';
import { bytePattern } from '../../../src/pods/byte-pattern.ts';
import { echo } from '../../../src/pods/echo.ts';
import { sink } from '../../../src/pods/sink.ts';
import type { SpdyClient } from '../../port-forward/helpers/spdy-client.ts';
import { data } from '../../port-forward/helpers/spdy-client.ts';
import { FaultyServer } from '../helpers/faulty-server.ts';

async function echoing(options: { clock?: FakeClock } = {}) {
  const server = await FaultyServer.start({ ...options, serve: { 80: echo(), 81: sink() } });
  const { client, socket, tunnel } = await server.forward();
  client.send(await client.open(80));
  await client.until(() => client.frames.filter(({ type }) => type === 'syn-reply').length === 2);
  return { server, client, socket, tunnel };
}

/** Sends a text and waits for its echo. */
async function echoed(client: SpdyClient, text: string): Promise<void> {
  const before = client.text(3).length;
  client.send(data(3, text));
  await client.until(() => client.text(3).length === before + text.length);
}

/** Gives what is under way the time to arrive: another tunnel of the same server makes a round trip. */
async function roundTrip(server: FaultyServer): Promise<void> {
  await server.ask('/version');
  for (let index = 0; index < 5; index += 1) await turn();
}

test('a tunnel knows its session, and a cut ends both', async () => {
  const { server, client, tunnel } = await echoing();
  await using _server = server;
  expect(tunnel).toMatchObject({ carrier: 'spdy', podName: 'web', namespace: 'default', streams: 1 });
  await echoed(client, 'hi');
  tunnel.cut();
  await Promise.all([client.closed, tunnel.closed]);
  expect(server.tunnels.sessions).toEqual([]);
});

test('a cut after some bytes to the client lets exactly these through', async () => {
  const { server, client, socket, tunnel } = await echoing();
  await using _server = server;
  const before = socket.bytesRead;
  expect(before).toBeGreaterThan(0);
  let received = 0;
  socket.on('data', (chunk) => {
    received += chunk.length;
  });
  tunnel.cutAfter({ bytes: 10, direction: 'to-client' });
  client.send(data(3, 'x'.repeat(100)));
  await Promise.all([client.closed, tunnel.closed]);
  expect(received).toBe(10);
});

test('a cut after some bytes to the server comes when these have arrived', async () => {
  const { server, client, tunnel } = await echoing();
  await using _server = server;
  tunnel.cutAfter({ bytes: 8 + 5 + 3, direction: 'to-server' });
  await echoed(client, 'abcde');
  client.send(data(3, 'f'));
  await Promise.all([client.closed, tunnel.closed]);
});

test.each(['both', 'to-client', 'to-server'] as const)(
  'a black hole (%s) is silent, keeps TCP up and loses nothing',
  async (direction) => {
    const { server, client, socket, tunnel } = await echoing();
    await using _server = server;
    tunnel.blackHole({ direction });
    client.send(data(3, 'hello'));
    await roundTrip(server);
    expect([client.text(3), socket.destroyed, tunnel.streams]).toEqual(['', false, 1]);
    tunnel.restore();
    await client.until(() => client.text(3) === 'hello');
    await echoed(client, ' again');
  },
);

test('a black hole holds the end of the connection too', async () => {
  const { server, client, tunnel } = await echoing();
  await using _server = server;
  const hole = tunnel.blackHole({ direction: 'to-server' });
  client.send(data(3, 'bye', { fin: true }));
  await roundTrip(server);
  expect(client.ended(3)).toBe(false);
  hole[Symbol.dispose]();
  await client.until(() => client.ended(3));
  expect(client.text(3)).toBe('bye');
});

test('a delay holds each direction back on the clock', async () => {
  const clock = new FakeClock();
  const { server, client, tunnel } = await echoing({ clock });
  await using _server = server;
  tunnel.delay({ ms: 50 });
  client.send(data(3, 'hello'));
  while (clock.waiting < 1) await turn();
  clock.advance(50);
  while (clock.waiting < 1) await turn();
  await roundTrip(server);
  expect(client.text(3)).toBe('');
  clock.advance(50);
  await client.until(() => client.text(3) === 'hello');
});

test('a limit slows a tunnel down, and its bytes stay the same', async () => {
  const clock = new FakeClock();
  const { server, client, tunnel } = await echoing({ clock });
  await using _server = server;
  const pattern = Buffer.concat([...bytePattern({ length: 10_000 })]).toString('latin1');
  const limit = tunnel.limit({ bytesPerSecond: 1000 });
  client.send(data(3, pattern));
  while (clock.waiting < 1) await turn();
  expect(client.text(3).length).toBeLessThan(100);
  for (let second = 0; second < 4; second += 1) {
    clock.advance(1000);
    await roundTrip(server);
  }
  expect(client.text(3).length).toBeLessThan(4100);
  limit[Symbol.dispose]();
  await client.until(() => client.text(3).length === 10_000);
  expect(client.text(3)).toBe(pattern);
  expect(clock.waiting).toBe(0);
});

test('a client that resets its connection ends the session, held bytes or not', async () => {
  await using server = await FaultyServer.start({ serve: { 80: echo() } });
  // Below TLS, Node resets only what it did not encrypt itself.
  const proxy = createServer().listen(0, '127.0.0.1');
  const upstream = connect(server.https.port, '127.0.0.1');
  proxy.once('connection', (near) =>
    near
      .pipe(upstream)
      .pipe(near)
      .on('error', () => undefined),
  );
  await once(proxy, 'listening');
  const tcp = connect((proxy.address() as AddressInfo).port, '127.0.0.1');
  const { client, tunnel } = await server.forward({ tcp });
  tunnel.blackHole({ direction: 'to-client' });
  client.send(await client.open(80), data(3, 'x'));
  await roundTrip(server);
  upstream.resetAndDestroy();
  await tunnel.closed;
  tcp.destroy();
  proxy.close();
  await once(proxy, 'close');
});

test('the end of the client ends the session', async () => {
  const { server, client, socket, tunnel } = await echoing();
  await using _server = server;
  socket.end();
  await Promise.all([client.closed, tunnel.closed]);
  expect(client.frames.at(-1)?.type).toBe('goaway');
});

test('nothing of a shape is left when its tunnel is gone', async () => {
  const clock = new FakeClock();
  const { server, client, tunnel } = await echoing({ clock });
  await using _server = server;
  const delay = tunnel.delay({ ms: 1000 });
  client.send(data(3, 'x'));
  while (clock.waiting < 1) await turn();
  tunnel.cut();
  await tunnel.closed;
  delay[Symbol.dispose]();
  tunnel.restore();
  tunnel.blackHole();
  expect(clock.waiting).toBe(0);
});

test('numbers that make no sense are refused', async () => {
  const { server, tunnel } = await echoing();
  await using _server = server;
  expect(() => tunnel.delay({ ms: -1 })).toThrow(RangeError);
  expect(() => tunnel.limit({ bytesPerSecond: 0 })).toThrow(RangeError);
  expect(() => tunnel.cutAfter({ bytes: 0.5, direction: 'to-client' })).toThrow(RangeError);
});

test('a fault of tunnels strikes those that match, until it is removed', async () => {
  await using server = await FaultyServer.start({ serve: { 80: echo() } });
  const other = server.faults.tunnels.cut({ tunnels: { podName: 'other' } });
  const fault = server.faults.tunnels.blackHole({
    tunnels: { podName: 'web', namespace: 'default', carrier: 'spdy' },
    nth: 2,
  });
  const [first, second] = [await server.forward(), await server.forward()];
  for (const { client } of [first, second]) client.send(await client.open(80), data(3, 'hi'));
  await first.client.until(() => first.client.text(3) === 'hi');
  await roundTrip(server);
  expect(second.client.frames).toEqual([]);
  fault.remove();
  await second.client.until(() => second.client.text(3) === 'hi');
  expect([fault.hits, other.hits]).toEqual([1, 0]);
});

test('a tunnel that comes can be cut after some bytes', async () => {
  await using server = await FaultyServer.start({ serve: { 80: echo() } });
  using fault = server.faults.tunnels.cutAfter({ bytes: 4, direction: 'to-server' });
  const { client, tunnel } = await server.forward();
  client.send(await client.open(80));
  await Promise.all([client.closed, tunnel.closed]);
  expect([client.frames, fault.hits]).toEqual([[], 1]);
});

test('a tunnel that comes can be delayed and limited', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock, serve: { 80: echo() } });
  using _late = server.faults.tunnels.delay({ ms: 10 });
  using _narrow = server.faults.tunnels.limit({ bytesPerSecond: 1000 });
  const { client } = await server.forward();
  client.send(await client.open(80));
  while (clock.waiting < 1) await turn();
  expect(client.frames).toEqual([]);
  while (client.frames.length < 2) {
    clock.advance(10);
    await turn();
  }
  expect(client.frames.map(({ type }) => type)).toEqual(['syn-reply', 'syn-reply']);
});

test('a tunnel that comes can be cut at once', async () => {
  await using server = await FaultyServer.start();
  using fault = server.faults.tunnels.cut();
  await expect(server.forward().then(({ client }) => client.closed)).rejects.toThrow();
  expect([fault.hits, server.tunnels.sessions]).toEqual([1, []]);
});
