import { expect, test } from 'vitest';
import { echo } from '../../src/pods/echo.ts';
import { neverReads } from '../../src/pods/never-reads.ts';
import { silence } from '../../src/pods/silence.ts';
import { ForwardingServer } from './helpers/forwarding-server.ts';
import { data } from './helpers/spdy-client.ts';

test('a connection is opened, carries bytes in both directions, and ends with a FIN on both streams', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  client.send(await client.open(80), data(3, 'hello'), data(3, '', { fin: true }));
  await client.until(() => client.ended(1));
  expect(client.text(3)).toBe('hello');
  expect(client.frames.map(({ type, id, fin }) => `${type} ${id}${fin ? ' fin' : ''}`)).toEqual([
    'syn-reply 1',
    'syn-reply 3',
    'data 3',
    'data 3 fin',
    'data 1 fin',
  ]);
  expect(client.text(1)).toBe('');
});

test('a lost client resets the connections of its handlers', async () => {
  const { promise: failed, resolve } = Promise.withResolvers<Error>();
  await using server = await ForwardingServer.start({
    serve: { 80: (connection) => void connection.resume().once('error', resolve) },
  });
  const client = await server.spdy();
  client.send(await client.open(80));
  await client.until(() => client.frames.length === 2);
  client.duplex.destroy();
  expect(await failed).toMatchObject({ code: 'ECONNRESET' });
  await server.sessions[0]?.closed;
  expect(server.sessions[0]?.streams).toBe(0);
});

test('destroying a session drops the client and resets the connections, even those that nobody reads', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: neverReads(), 81: silence() } });
  const client = await server.spdy();
  client.send(await client.open(80), await client.open(81, { id: 5 }), data(3, Buffer.alloc(1_000_000)));
  await client.until(() => client.frames.length === 4);
  expect(server.sessions[0]).toMatchObject({ carrier: 'spdy', podName: 'web', streams: 2 });
  server.sessions[0]?.destroy();
  await server.sessions[0]?.closed;
  expect(server.sessions[0]?.streams).toBe(0);
  await client.closed;
});

test('a session that ends leaves no timer for the pair it waited for', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  await using server = await ForwardingServer.start({});
  const client = await server.spdy();
  const before = timers();
  client.send(await client.synStream(1, { streamtype: 'error', port: '80', requestid: '1' }));
  await client.until(() => client.frames.length === 1);
  expect(timers()).toBe(before + 1);
  client.duplex.destroy();
  await server.sessions[0]?.closed;
  expect(timers()).toBe(before);
});
