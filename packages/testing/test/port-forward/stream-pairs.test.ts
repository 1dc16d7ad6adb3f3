import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { echo } from '../../src/pods/echo.ts';
import { SpdySession } from '../../src/port-forward/spdy/spdy-session.ts';
import { StreamPairs } from '../../src/port-forward/stream-pairs.ts';
import { ForwardingServer } from './helpers/forwarding-server.ts';
import { data, SpdyClient } from './helpers/spdy-client.ts';

async function startSession(pairTimeoutMs: number) {
  const listener = createServer({ allowHalfOpen: true });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const client = new SpdyClient(connect((listener.address() as AddressInfo).port, '127.0.0.1'));
  const [carrier] = (await once(listener, 'connection')) as [Socket];
  const pairs = new StreamPairs({ failure: undefined, pairTimeoutMs, onConnection: () => {} });
  const session = new SpdySession({
    carrier,
    admit: (headers, id) => pairs.admit(headers, id),
    onStream: (stream) => pairs.add(stream),
    onError: (error) => {
      throw error;
    },
  });
  const stop = async () => {
    client.duplex.destroy();
    carrier.destroy();
    await session.closed;
    pairs.close();
    listener.close();
  };
  return { client, [Symbol.asyncDispose]: stop };
}

const HEADERS = { port: '80', requestid: '7' };

test('an error stream whose data stream does not come gets a text and its end', async () => {
  await using session = await startSession(10);
  const { client } = session;
  client.send(await client.synStream(1, { ...HEADERS, streamtype: 'error' }));
  await client.until(() => client.ended(1));
  expect(client.text(1)).toContain('timed out waiting for streams');
});

test('a data stream whose error stream does not come is reset', async () => {
  await using session = await startSession(10);
  const { client } = session;
  client.send(await client.synStream(1, { ...HEADERS, streamtype: 'data' }));
  await client.until(() => client.frames.some(({ type, id }) => type === 'rst' && id === 1));
});

test.each([
  ['no port', { streamtype: 'data', requestid: '1' }],
  ['port 0', { streamtype: 'data', requestid: '1', port: '0' }],
  ['port 65536', { streamtype: 'data', requestid: '1', port: '65536' }],
  ['a port that is no number', { streamtype: 'data', requestid: '1', port: '80x' }],
  ['no type', { requestid: '1', port: '80' }],
  ['an unknown type', { streamtype: 'other', requestid: '1', port: '80' }],
])('a stream with %s is reset, and the session goes on', async (_name, headers) => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  client.send(await client.synStream(1, headers));
  await client.until(() => client.frames.length === 1);
  expect(client.frames[0]).toMatchObject({ type: 'rst', id: 1 });
  client.send(await client.open(80, { id: 3 }), data(5, 'on', { fin: true }));
  await client.until(() => client.ended(5));
  expect(client.text(5)).toBe('on');
});

test('streams without a request id are paired in their order', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  client.send(await client.synStream(1, { streamtype: 'error', port: '80' }));
  client.send(await client.synStream(3, { streamtype: 'data', port: '80' }), data(3, 'old', { fin: true }));
  await client.until(() => client.ended(3));
  expect(client.text(3)).toBe('old');
});

test('a second data stream under one request id is reset', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  const headers = { streamtype: 'data', port: '80', requestid: '1' };
  client.send(await client.synStream(1, headers), await client.synStream(3, headers));
  await client.until(() => client.frames.length === 2);
  expect(client.frames.map(({ type, id }) => [type, id])).toEqual([
    ['syn-reply', 1],
    ['rst', 3],
  ]);
});
