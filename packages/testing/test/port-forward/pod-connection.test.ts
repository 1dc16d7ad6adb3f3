import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { echo } from '../../src/pods/echo.ts';
import { replyAndClose } from '../../src/pods/reply-and-close.ts';
import { reset } from '../../src/pods/reset.ts';
import { ForwardingServer } from './helpers/forwarding-server.ts';
import { data, ping, rst } from './helpers/spdy-client.ts';

test.each([
  ['data-end-first', ['data 3 fin', 'data 1 fin']],
  ['error-text-first', ['data 1 fin', 'data 3 fin']],
  ['reset', ['rst 1', 'rst 3']],
] as const)('a reset by the handler ends the streams in the order of %s', async (failure, order) => {
  await using server = await ForwardingServer.start({ serve: { 80: reset() }, behaviour: { failure } });
  const client = await server.spdy();
  client.send(await client.open(80), data(3, 'x'));
  const ends = () => client.frames.filter(({ type, fin }) => fin || type === 'rst');
  await client.until(() => ends().length === 2 && client.text(1) !== '');
  expect(client.text(1)).toMatch(/127\.0\.0\.1:80: read: connection reset by peer$/);
  expect(ends().map(({ type, id, fin }) => `${type} ${id}${fin ? ' fin' : ''}`)).toEqual(order);
});

test("the client's FIN reaches the handler, which can still answer", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<Duplex>();
  await using server = await ForwardingServer.start({
    serve: {
      80: (connection) => {
        connection.resume();
        connection.once('end', () => resolve(connection));
      },
    },
  });
  const client = await server.spdy();
  client.send(await client.open(80), data(3, 'question', { fin: true }));
  const connection = await asked;
  connection.end('answer');
  await client.until(() => client.ended(1));
  expect(client.text(3)).toBe('answer');
});

test('without half-close the handler is not told of the FIN, and the connection is cut after the lag', async () => {
  const events: string[] = [];
  await using server = await ForwardingServer.start({
    behaviour: { halfClose: false, closeLagMs: 20 },
    serve: {
      80: (connection) => {
        connection.resume();
        connection.once('end', () => events.push('end'));
        connection.once('close', () => events.push('close'));
        connection.write('begun');
      },
    },
  });
  const client = await server.spdy();
  client.send(await client.open(80), data(3, '', { fin: true }));
  await client.until(() => client.ended(3) && client.ended(1));
  expect(events).toEqual(['close']);
  expect(client.text(3)).toBe('begun');
  expect(client.text(1)).toBe('');
});

test('with a lag the end of the pod is held back until the client has ended as well', async () => {
  await using server = await ForwardingServer.start({
    behaviour: { closeLagMs: 60_000 },
    serve: { 80: replyAndClose('done') },
  });
  const client = await server.spdy();
  client.send(await client.open(80));
  await client.until(() => client.text(3) === 'done');
  client.send(ping(1));
  await client.until(() => client.frames.at(-1)?.type === 'ping');
  expect(client.ended(3)).toBe(false);
  client.send(data(3, '', { fin: true }));
  await client.until(() => client.ended(3) && client.ended(1));
});

test('after the lag a connection whose pod has ended is cut', async () => {
  await using server = await ForwardingServer.start({
    behaviour: { closeLagMs: 20 },
    serve: { 80: replyAndClose('done') },
  });
  const client = await server.spdy();
  client.send(await client.open(80));
  await client.until(() => client.ended(3) && client.ended(1));
  expect(client.text(3)).toBe('done');
  expect(server.sessions[0]?.streams).toBe(0);
});

test("the client's reset of one stream resets that connection only", async () => {
  const { promise: failed, resolve } = Promise.withResolvers<Error>();
  await using server = await ForwardingServer.start({
    serve: { 80: echo(), 81: (connection) => void connection.once('error', resolve) },
  });
  const client = await server.spdy();
  client.send(await client.open(81), await client.open(80, { id: 5 }), rst(3), data(3, 'too late'), data(7, 'on'));
  await client.until(() => client.text(7) === 'on');
  expect(await failed).toMatchObject({ code: 'ECONNRESET' });
  expect(server.sessions[0]?.streams).toBe(1);
});

test('a client that resets the stream after the FIN of the pod, as kubectl does, gets the end of the error stream', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: replyAndClose('done') } });
  const client = await server.spdy();
  client.send(await client.open(80));
  await client.until(() => client.ended(3));
  client.send(rst(3));
  await client.until(() => client.ended(1));
  expect(client.text(1)).toBe('');
  expect(server.sessions[0]?.streams).toBe(0);
});
