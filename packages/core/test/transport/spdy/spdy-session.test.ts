import { once } from 'node:events';
import { expect, test } from 'vitest';
import { ProtocolViolationError, TunnelClosedError } from '../../../src/errors/transport-errors.ts';
import { FlushQueue } from '../../../src/transport/flush-queue.ts';
import { SocketChannel } from '../../../src/transport/socket-channel.ts';
import { dataHeader, pingFrame, rstStreamFrame } from '../../../src/transport/spdy/frames.ts';
import { SpdySession } from '../../../src/transport/spdy/spdy-session.ts';
import { WebSocketChannel } from '../../../src/transport/websocket/websocket-channel.ts';
import { openSocketPair } from '../../helpers/open-socket-pair.ts';
import { RecordedStream } from '../../helpers/recorded-stream.ts';

/** A session over a real socket, and the other end of it for the test to misuse. */
async function openSession(options: { readonly webSocket?: boolean } = {}) {
  const pair = await openSocketPair();
  const Channel = options.webSocket ? WebSocketChannel : SocketChannel;
  const channel = new Channel({ socket: pair.near, head: Buffer.alloc(0), flushQueue: new FlushQueue() });
  const session = new SpdySession({ carrier: options.webSocket ? 'websocket-tunnel' : 'spdy', channel });
  return {
    session,
    peer: pair.far,
    [Symbol.asyncDispose]: async () => {
      await session.close();
      await pair[Symbol.asyncDispose]();
    },
  };
}

test.each([
  ['raw SPDY that is none', { webSocket: false }, Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['raw SPDY of another version', { webSocket: false }, Buffer.from([0x80, 2, 0, 1, 0, 0, 0, 0])],
  ['a WebSocket frame that is masked', { webSocket: true }, Buffer.from([0x82, 0x81, 1, 2, 3, 4, 5])],
  ['a WebSocket message that is no SPDY', { webSocket: true }, Buffer.from([0x82, 9, 0x80, 2, 0, 1, 0, 0, 0, 0, 0])],
])('%s ends the tunnel with an error, and nothing else', async (_what, options, bytes) => {
  await using fixture = await openSession(options);
  const stream = new RecordedStream(fixture.session, 80);
  const ended = once(fixture.session.ended, 'abort');
  fixture.peer.write(bytes);
  await ended;
  expect(fixture.session.ended.reason).toBeInstanceOf(ProtocolViolationError);
  expect(await stream.closed).toBeInstanceOf(ProtocolViolationError);
});

test('a frame for a stream that never was ends the tunnel', async () => {
  await using fixture = await openSession();
  const ended = once(fixture.session.ended, 'abort');
  fixture.peer.write(dataHeader(5, 0, false));
  await ended;
  expect(fixture.session.ended.reason).toBeInstanceOf(ProtocolViolationError);
});

test('frames for a stream that was given up are dropped', async () => {
  await using fixture = await openSession();
  new RecordedStream(fixture.session, 80).stream.reset();
  const stream = new RecordedStream(fixture.session, 80);
  fixture.peer.write(
    Buffer.concat([
      dataHeader(3, 4, false),
      Buffer.from('lost'),
      rstStreamFrame(1, 5),
      dataHeader(7, 4, false),
      Buffer.from('mine'),
    ]),
  );
  expect((await stream.receive(4)).toString()).toBe('mine');
});

test("answers the server's pings with the same id", async () => {
  await using fixture = await openSession();
  fixture.peer.write(pingFrame(2));
  fixture.peer.resume();
  const [answer] = (await once(fixture.peer, 'data')) as [Buffer];
  expect(answer.equals(pingFrame(2))).toBe(true);
});

test('ends with GOAWAY', async () => {
  await using fixture = await openSession();
  const ended = once(fixture.session.ended, 'abort');
  fixture.peer.write(Buffer.from([0x80, 3, 0, 7, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0]));
  await ended;
  expect(fixture.session.ended.reason).toBeInstanceOf(TunnelClosedError);
});

test('sends the opening of a stream and its first bytes together', async () => {
  await using fixture = await openSession();
  const stream = new RecordedStream(fixture.session, 80);
  stream.stream.write(Buffer.from('first bytes'));
  fixture.peer.resume();
  const [chunk] = (await once(fixture.peer, 'data')) as [Buffer];
  expect(chunk.readUInt32BE(0)).toBe(0x80030001);
  expect(chunk.toString('latin1')).toContain('first bytes');
});

test('an end of the data that is followed by words on the error stream was no end in order', async () => {
  await using fixture = await openSession();
  const stream = new RecordedStream(fixture.session, 80);
  const text = Buffer.from('error forwarding port 80: read: connection reset by peer');
  fixture.peer.write(Buffer.concat([dataHeader(3, 0, true), dataHeader(1, text.length, true), text]));
  expect(await stream.closed).toMatchObject({ code: 'STREAM_RESET' });
});

test('keeps what the error stream said when both streams are reset', async () => {
  await using fixture = await openSession();
  const stream = new RecordedStream(fixture.session, 80);
  const text = Buffer.from('connect: connection refused');
  fixture.peer.write(
    Buffer.concat([dataHeader(1, text.length, false), text, rstStreamFrame(1, 5), rstStreamFrame(3, 5)]),
  );
  expect(await stream.closed).toMatchObject({ code: 'STREAM_REFUSED', reason: 'refused' });
});

test('rejects pings that wait when the tunnel ends', async () => {
  await using fixture = await openSession();
  const ping = fixture.session.ping();
  fixture.peer.destroy();
  await expect(ping).rejects.toBeInstanceOf(TunnelClosedError);
});
