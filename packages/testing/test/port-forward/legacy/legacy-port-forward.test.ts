import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { echo } from '../../../src/pods/echo.ts';
import { replyAndClose } from '../../../src/pods/reply-and-close.ts';
import { reset } from '../../../src/pods/reset.ts';
import { speaksFirst } from '../../../src/pods/speaks-first.ts';
import { ForwardingServer, type ForwardingServerOptions, POD_ID } from '../helpers/forwarding-server.ts';

/** A client that keeps what came on each channel. */
class LegacyClient {
  readonly channels = new Map<number, string>();
  readonly websocket: WebSocket;
  readonly closed: Promise<number>;

  constructor(url: string) {
    this.websocket = new WebSocket(url, 'v4.channel.k8s.io');
    this.closed = new Promise((resolve) => this.websocket.once('close', resolve));
    this.websocket.on('message', (message: Buffer) => {
      const channel = message.readUInt8(0);
      this.channels.set(channel, (this.channels.get(channel) ?? '') + message.toString('latin1', 1));
    });
  }

  send(channel: number, bytes: string | Buffer): void {
    this.websocket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(bytes as string)]));
  }

  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await once(this.websocket, 'message');
  }
}

async function connect(server: ForwardingServer, query: string): Promise<LegacyClient> {
  const client = new LegacyClient(server.url(query));
  await once(client.websocket, 'open');
  return client;
}

async function start(serve: ForwardingServerOptions['serve']): Promise<ForwardingServer> {
  return ForwardingServer.start({ ...(serve && { serve }) });
}

test('each port has a channel for data and one for its error, which begin with the port', async () => {
  await using server = await start({ 80: speaksFirst('first'), 8080: speaksFirst('second') });
  const client = await connect(server, '?ports=80&ports=8080');
  await client.until(() => client.channels.get(0)?.length === 7 && client.channels.get(2)?.length === 8);
  expect(Object.fromEntries(client.channels)).toEqual({
    0: '\x50\x00first',
    1: '\x50\x00',
    2: '\x90\x1fsecond',
    3: '\x90\x1f',
  });
  expect(server.sessions[0]).toMatchObject({ carrier: 'legacy-websocket', streams: 2 });
  client.websocket.terminate();
});

test('bytes go in both directions, on the channel of their port', async () => {
  await using server = await start({ 80: echo(), 81: echo() });
  const client = await connect(server, '?ports=80,81');
  client.send(2, 'to 81');
  client.send(0, 'to 80');
  await client.until(() => client.channels.get(0)?.length === 7 && client.channels.get(2)?.length === 7);
  expect([client.channels.get(0)?.slice(2), client.channels.get(2)?.slice(2)]).toEqual(['to 80', 'to 81']);
  client.websocket.terminate();
});

test('when every connection is over the server closes with 1000', async () => {
  await using server = await start({ 80: replyAndClose('one'), 81: replyAndClose('two') });
  const client = await connect(server, '?ports=80,81');
  expect(await client.closed).toBe(1000);
  expect([client.channels.get(0)?.slice(2), client.channels.get(2)?.slice(2)]).toEqual(['one', 'two']);
  await server.sessions[0]?.closed;
});

test.each([
  ['a port without a handler', {}, 'connection refused'],
  ['a reset by the handler', { 80: reset() }, 'connection reset by peer'],
])('%s is told on the error channel', async (_name, serve, reason) => {
  await using server = await start(serve);
  const client = await connect(server, '?ports=80');
  client.send(0, 'x');
  expect(await client.closed).toBe(1000);
  expect(client.channels.get(1)?.slice(2)).toContain(`error forwarding port 80 to pod ${POD_ID}, uid : `);
  expect(client.channels.get(1)?.slice(2)).toContain(reason);
  expect(client.channels.get(0)).toBe('\x50\x00');
});

test('closing the WebSocket resets every connection', async () => {
  const { promise: failed, resolve } = Promise.withResolvers<Error>();
  await using server = await start({ 80: (connection) => void connection.resume().once('error', resolve) });
  const client = await connect(server, '?ports=80');
  client.websocket.close();
  expect(await failed).toMatchObject({ code: 'ECONNRESET' });
  await server.sessions[0]?.closed;
  expect(server.sessions[0]?.streams).toBe(0);
});

test('a message for a channel without data is reported and dropped', async () => {
  await using server = await start({ 80: echo() });
  const client = await connect(server, '?ports=80');
  client.send(1, 'error channel');
  client.send(77, 'no channel');
  client.websocket.send(Buffer.alloc(0));
  client.send(0, 'on');
  await client.until(() => client.channels.get(0)?.length === 4);
  expect(server.errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('channel 1'),
    expect.stringContaining('channel 77'),
    expect.stringContaining('channel (none)'),
  ]);
  client.websocket.terminate();
});

test('a handler that does not read holds the client back, and loses nothing', async () => {
  const { promise: accepted, resolve } = Promise.withResolvers<Duplex>();
  await using server = await start({ 80: resolve, 81: echo() });
  const client = await connect(server, '?ports=80,81');
  const much = 24 * 1024 * 1024;
  for (let sent = 0; sent < much; sent += 65_536) client.send(0, Buffer.alloc(65_536));
  client.send(2, 'behind');
  const connection = await accepted;
  const other = await connect(server, '?ports=81');
  for (let turn = 1; turn <= 500; turn += 1) {
    other.send(0, '.');
    await other.until(() => other.channels.get(0)?.length === turn + 2);
  }
  expect(server.bytesRead).toBeLessThan(2 * 1024 * 1024);

  let received = 0;
  connection.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  await client.until(() => client.channels.get(2) === '\x51\x00behind');
  expect(received).toBe(much);
  for (const { websocket } of [client, other]) websocket.terminate();
});

test('a ping is fulfilled by the pong, and fails when the WebSocket is closed', async () => {
  await using server = await start({ 80: echo() });
  const client = await connect(server, '?ports=80');
  await server.sessions[0]?.ping();
  client.websocket.terminate();
  await server.sessions[0]?.closed;
  await expect(server.sessions[0]?.ping()).rejects.toThrow('closed');
});
