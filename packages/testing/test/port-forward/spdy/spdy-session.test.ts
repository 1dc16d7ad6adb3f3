import { expect, test } from 'vitest';
import { echo } from '../../../src/pods/echo.ts';
import { ForwardingServer } from '../helpers/forwarding-server.ts';
import { control, data, goAway, ping, rst } from '../helpers/spdy-client.ts';

test('frames may be cut at every byte', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  const bytes = Buffer.concat([await client.open(80), data(3, 'hello'), ping(1), data(3, ' there', { fin: true })]);
  const session = client.duplex;
  for (const byte of bytes) await new Promise((resolve) => session.write(Buffer.from([byte]), resolve));
  await client.until(() => client.ended(1));
  expect(client.text(3)).toBe('hello there');
});

test("the client's pings are echoed, and the server's are sent with even ids", async () => {
  await using server = await ForwardingServer.start({});
  const client = await server.spdy();
  client.send(ping(5));
  await client.until(() => client.frames.length === 1);
  const echoed = server.sessions[0]?.ping();
  await client.until(() => client.frames.length === 2);
  expect(client.frames.map(({ type, id }) => [type, id])).toEqual([
    ['ping', 5],
    ['ping', 2],
  ]);
  client.send(ping(2));
  await echoed;
});

test('a ping that the client never answers fails when the session ends', async () => {
  await using server = await ForwardingServer.start({});
  const client = await server.spdy();
  const unanswered = server.sessions[0]?.ping();
  client.duplex.destroy();
  await expect(unanswered).rejects.toThrow('over');
  await server.sessions[0]?.closed;
  await expect(server.sessions[0]?.ping()).rejects.toThrow('over');
});

test('data for a stream that does not exist is dropped', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  client.send(data(99, 'nobody', { fin: true }), rst(97), ping(1));
  await client.until(() => client.frames.length === 1);
  expect(client.frames[0]).toMatchObject({ type: 'ping', id: 1 });
  expect(server.errors).toEqual([]);
});

test('data after the FIN of its stream is dropped', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  const late = [data(3, 'late'), data(3, '', { fin: true }), data(1, 'late', { fin: true })];
  client.send(await client.open(80), data(3, 'in time', { fin: true }), ...late);
  await client.until(() => client.ended(1));
  expect(client.text(3)).toBe('in time');
  expect(server.errors).toEqual([]);
});

test('after GOAWAY new streams are refused, open ones end on their own, and then the session is over', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  client.send(await client.open(80), goAway(), await client.open(80, { id: 5 }), data(3, 'last', { fin: true }));
  await server.sessions[0]?.closed;
  await client.until(() => client.frames.at(-1)?.type === 'goaway');
  expect(client.text(3)).toBe('last');
  expect(client.frames.filter(({ type }) => type === 'rst').map(({ id }) => id)).toEqual([5, 7]);
});

test.each([
  ['a control frame of another version', Buffer.from('8002000600000004' + '00000001', 'hex')],
  ['a header block that is no zlib stream', control(1, Buffer.alloc(30))],
  ['a SYN_STREAM that is too short', control(1, Buffer.alloc(4))],
  ['a ping that is too short', control(6, Buffer.alloc(0))],
  ['bytes that are no SPDY', Buffer.from(`\x80${'GET / HTTP/1.1\r\n\r\n'.repeat(10)}`, 'latin1')],
])('%s ends this session, reported, and no other', async (_name, bytes) => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const [broken, other] = [await server.spdy(), await server.spdy()];
  broken.send(await broken.synStream(1, { streamtype: 'error', port: '80', requestid: '1' }), bytes);
  await server.sessions[0]?.closed;
  expect(server.errors.map(({ name }) => name)).toEqual(['SpdyProtocolError']);
  other.send(await other.open(80), data(3, 'on', { fin: true }));
  await other.until(() => other.ended(3));
  expect(other.text(3)).toBe('on');
});

test.each([2, 1])('a stream with id %d after stream 1 ends the session', async (id) => {
  await using server = await ForwardingServer.start({});
  const client = await server.spdy();
  const headers = { streamtype: 'error', port: '80', requestid: '1' };
  client.send(await client.synStream(1, headers), await client.synStream(id, headers));
  await server.sessions[0]?.closed;
  expect(server.errors.map(({ message }) => message)).toEqual([`stream ${id} cannot be opened after stream 1`]);
});
