import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { ForwardingServer } from './helpers/forwarding-server.ts';
import { data, ping, rst, type SpdyClient } from './helpers/spdy-client.ts';
import { openTunnel } from './helpers/tunnel-client.ts';

const MEBIBYTE = 1024 * 1024;
const MUCH = 24 * MEBIBYTE;
/** What a session may hold of one stream: its buffers and the socket's, with room to spare. */
const BOUND = 2 * MEBIBYTE;

/** Takes turns with the server on a session of its own, so that everything else has had the time to go on. */
async function letTheServerRun(server: ForwardingServer): Promise<void> {
  const client = await server.spdy();
  for (let turn = 1; turn <= 500; turn += 1) {
    client.send(ping(turn * 2 - 1));
    await client.until(() => client.frames.length === turn);
  }
  client.duplex.destroy();
}

const CARRIERS = {
  spdy: (server: ForwardingServer): Promise<SpdyClient> => server.spdy(),
  tunnel: async (server: ForwardingServer): Promise<SpdyClient> => (await openTunnel(server)).client,
};

test.each(['spdy', 'tunnel'] as const)(
  'over %s, a handler that does not read holds the client back, and loses nothing',
  async (carrier) => {
    const { promise: accepted, resolve } = Promise.withResolvers<Duplex>();
    await using server = await ForwardingServer.start({ serve: { 80: resolve } });
    const client = await CARRIERS[carrier](server);
    client.send(await client.open(80));
    for (let sent = 0; sent < MUCH; sent += MEBIBYTE) client.send(data(3, Buffer.alloc(MEBIBYTE)));
    client.send(ping(1));
    const connection = await accepted;
    await letTheServerRun(server);
    expect(server.bytesRead).toBeLessThan(BOUND);
    expect(client.frames.some(({ type }) => type === 'ping')).toBe(false);

    let received = 0;
    connection.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    await client.until(() => client.frames.some(({ type }) => type === 'ping'));
    expect(received).toBe(MUCH);
  },
);

test.each(['spdy', 'tunnel'] as const)(
  'over %s, a client that does not read holds the handler back, and loses nothing',
  async (carrier) => {
    let taken = 0;
    await using server = await ForwardingServer.start({
      serve: {
        80: (connection) => {
          const block = Buffer.alloc(64 * 1024);
          const writeNext = (): void => {
            taken += block.length;
            if (taken < MUCH) connection.write(block, writeNext);
            else connection.end(block);
          };
          connection.write(block, writeNext);
        },
      },
    });
    const client = await CARRIERS[carrier](server);
    client.send(await client.open(80));
    await client.until(() => client.text(3).length > 0);
    const { socket } = client;
    socket.pause();
    await letTheServerRun(server);
    const held = taken - client.text(3).length;
    await letTheServerRun(server);
    expect(taken - client.text(3).length).toBe(held);
    expect(taken).toBeLessThan(MUCH);
    socket.resume();
    await client.until(() => client.ended(3));
    expect(client.text(3).length).toBe(taken + 64 * 1024);
  },
);

test('a client that asks for ping after ping and reads none of the answers is not read from', async () => {
  await using server = await ForwardingServer.start({});
  const client = await server.spdy();
  client.socket.pause();
  const pings = Buffer.concat(Array.from({ length: MUCH / 12 / 16 }, (_, index) => ping(index * 2 + 1)));
  for (let sent = 0; sent < 16; sent += 1) client.send(pings);
  await letTheServerRun(server);
  const before = server.bytesRead;
  await letTheServerRun(server);
  expect(server.bytesRead).toBe(before);
  expect(before).toBeLessThan(MUCH * 0.9);
});

test('a handler that closes a connection which it does not read frees the session', async () => {
  const { promise: accepted, resolve } = Promise.withResolvers<Duplex>();
  await using server = await ForwardingServer.start({ serve: { 80: resolve } });
  const client = await server.spdy();
  client.send(await client.open(80), data(3, Buffer.alloc(MEBIBYTE)), ping(1));
  const connection = await accepted;
  await letTheServerRun(server);
  expect(client.frames.some(({ type }) => type === 'ping')).toBe(false);
  connection.destroy();
  await client.until(() => client.frames.some(({ type }) => type === 'ping'));
});

test('a refused connection does not stall the session with what its client sends', async () => {
  await using server = await ForwardingServer.start({});
  const client = await server.spdy();
  client.send(await client.open(80), data(3, Buffer.alloc(MEBIBYTE)), ping(1));
  await client.until(() => client.frames.some(({ type }) => type === 'ping'));
});

test('the reason of a failure comes although the client has reset the stream whose bytes are still waiting', async () => {
  const { promise: accepted, resolve } = Promise.withResolvers<Duplex>();
  await using server = await ForwardingServer.start({ serve: { 80: resolve } });
  const client = await server.spdy();
  client.send(await client.open(80));
  const connection = await accepted;
  client.socket.pause();
  connection.write(Buffer.alloc(MUCH));
  await letTheServerRun(server);
  connection.write('waiting');
  connection.destroy(new Error('reset'));
  client.send(rst(3));
  await letTheServerRun(server);
  client.socket.resume();
  await client.until(() => client.ended(1));
  expect(client.text(1)).toContain('connection reset by peer');
});
