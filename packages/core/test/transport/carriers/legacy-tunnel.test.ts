import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { RECEIVE_BUDGET } from '../../../src/transport/receive-buffer.ts';
import { OPCODE } from '../../../src/transport/websocket/frame-parser.ts';
import { REFUSED_TEXT } from '../spdy/recorded-conversation.ts';
import { readClientFrames } from '../websocket/read-client-frames.ts';
import { serverFrame } from '../websocket/server-frame.ts';
import { DATA, ERROR, openLegacyTunnel, openStream, PORT } from './open-legacy-tunnel.ts';

test('passes bytes on without the port that each channel begins with', async () => {
  await using server = await openLegacyTunnel();
  const { received } = openStream(server.tunnel);
  server.sendPort(DATA);
  server.sendPort(ERROR);
  server.send(DATA, 'hello');
  server.send(DATA, ' world');
  await received('hello world');
});

test('finds the port and the bytes also when they come in one message, and one byte at a time', async () => {
  await using server = await openLegacyTunnel();
  const { received } = openStream(server.tunnel);
  const message = serverFrame({ opcode: OPCODE.binary, payload: Buffer.from([DATA, PORT, 0, 0x68, 0x69]) });
  for (const byte of message) server.socket.write(Buffer.of(byte));
  await received('hi');
});

test('sends bytes in masked messages on the data channel', async () => {
  await using server = await openLegacyTunnel();
  const { stream } = openStream(server.tunnel);
  stream.write(Buffer.from('GET / HTTP/1.0\r\n\r\n'));
  const { value: frame } = await readClientFrames(server.socket).next();
  expect(frame).toMatchObject({ opcode: OPCODE.binary, payload: Buffer.from('\0GET / HTTP/1.0\r\n\r\n') });
});

test('keeps what a server says that speaks first', async () => {
  await using server = await openLegacyTunnel();
  server.sendPort(DATA);
  server.send(DATA, '220 ready');
  const answer = readClientFrames(server.socket);
  server.socket.write(serverFrame({ opcode: OPCODE.ping, payload: 'after the greeting' }));
  expect((await answer.next()).value).toMatchObject({ opcode: OPCODE.pong });
  const { received } = openStream(server.tunnel);
  server.send(DATA, ' and more');
  await received('220 ready and more');
});

test('an ordinary close of the server is an end and no error', async () => {
  await using server = await openLegacyTunnel();
  const { closed, heard } = openStream(server.tunnel);
  server.close(1000);
  expect(await closed).toBeUndefined();
  expect(heard).toEqual(['end', 'close']);
  expect(server.tunnel.ended.aborted).toBe(true);
});

test('any other close is an error that carries its code', async () => {
  await using server = await openLegacyTunnel();
  const { closed, heard } = openStream(server.tunnel);
  server.close(1011);
  expect(await closed).toMatchObject({ code: 'TUNNEL_CLOSED', closeCode: 1011 });
  expect(heard).toEqual(['close']);
});

test('a connection that breaks is an error', async () => {
  await using server = await openLegacyTunnel();
  const { closed } = openStream(server.tunnel);
  server.socket.resetAndDestroy();
  expect(await closed).toMatchObject({ code: 'TUNNEL_CLOSED' });
});

test('text on the error channel is why the connection ends, however it ends', async () => {
  await using server = await openLegacyTunnel();
  const { closed, heard } = openStream(server.tunnel);
  server.sendPort(DATA);
  server.sendPort(ERROR);
  server.send(ERROR, REFUSED_TEXT);
  server.close(1000);
  expect(await closed).toMatchObject({ code: 'STREAM_REFUSED', reason: 'refused' });
  expect(heard).toEqual(['close']);
});

test('text on the error channel counts also when it comes before the stream is opened', async () => {
  await using server = await openLegacyTunnel();
  server.sendPort(ERROR);
  server.send(ERROR, REFUSED_TEXT);
  const answer = readClientFrames(server.socket);
  server.socket.write(serverFrame({ opcode: OPCODE.ping }));
  await answer.next();
  const { closed } = openStream(server.tunnel);
  server.close(1000);
  expect(await closed).toMatchObject({ code: 'STREAM_REFUSED' });
});

test('a channel that nobody asked for ends the tunnel', async () => {
  await using server = await openLegacyTunnel();
  const { closed } = openStream(server.tunnel);
  server.send(2, 'what is this');
  expect(await closed).toMatchObject({ code: 'PROTOCOL_VIOLATION' });
});

test('ending one direction closes the WebSocket in order, as there is no half-close', async () => {
  await using server = await openLegacyTunnel();
  const { stream, closed } = openStream(server.tunnel);
  stream.write(Buffer.from('last words'));
  stream.end();
  expect(await closed).toBeUndefined();
  const opcodes: number[] = [];
  for await (const { opcode } of readClientFrames(server.socket)) opcodes.push(opcode);
  expect(opcodes).toEqual([OPCODE.binary, OPCODE.close]);
});

test('giving the stream up ends the tunnel, and its owner hears no more', async () => {
  await using server = await openLegacyTunnel();
  const { stream, heard } = openStream(server.tunnel);
  const ended = once(server.tunnel.ended, 'abort');
  stream.reset();
  server.socket.resume();
  await ended;
  expect(heard).toEqual([]);
});

test('stops reading when the owner reads nothing, and loses no byte', async () => {
  await using server = await openLegacyTunnel();
  const { stream, received } = openStream(server.tunnel);
  stream.pause();
  server.sendPort(DATA);
  const bulk = Buffer.alloc(RECEIVE_BUDGET, 'x');
  server.send(DATA, bulk);
  server.send(DATA, bulk);
  await vi.waitFor(() => expect(server.tunnel.health.readPausedSince).toBeTypeOf('number'));
  stream.resume();
  await received('x'.repeat(2 * RECEIVE_BUDGET));
  expect(server.tunnel.health.readPausedSince).toBeUndefined();
});

test('carries one connection, to the port that it was dialled for', async () => {
  await using server = await openLegacyTunnel();
  const handlers = {
    onData: () => undefined,
    onEnd: () => undefined,
    onDrain: () => undefined,
    onClose: () => undefined,
  };
  expect(() => server.tunnel.openStream({ port: 81, handlers })).toThrow('leads to port 80, not to port 81');
  openStream(server.tunnel);
  expect(server.tunnel.health).toMatchObject({ activeStreams: 1, openStreams: 1 });
  expect(() => openStream(server.tunnel)).toThrow('carries one connection, and it has one');
});

test('closing is over when the socket is, and may be asked for twice', async () => {
  await using server = await openLegacyTunnel();
  const { closed } = openStream(server.tunnel);
  server.socket.resume();
  await Promise.all([server.tunnel.close(), server.tunnel.close()]);
  expect(server.tunnel.ended.reason).toMatchObject({ code: 'TUNNEL_CLOSED' });
  expect(() => openStream(server.tunnel)).toThrow(server.tunnel.ended.reason);
  await closed;
});
