import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  echo,
  neverReads,
  type PodHandler,
  replyAndClose,
  reset,
  silence,
  sink,
  source,
  speaksFirst,
} from '@kforge/testing';
import { describe, expect, test } from 'vitest';
import { StreamRefusedError, StreamResetError, TunnelClosedError } from '../../src/errors/transport-errors.ts';
import type { Carrier } from '../../src/model/forward-info.ts';
import { startTunnelFixture, type TunnelFixture } from '../helpers/open-tunnel.ts';
import { RecordedStream } from '../helpers/recorded-stream.ts';

/** Reads until the client's end, then answers how much that was. */
const countsUntilEnd: PodHandler = (connection) => {
  let size = 0;
  connection.on('data', (chunk: Buffer) => {
    size += chunk.length;
  });
  connection.on('end', () => connection.end(`${size} bytes`));
};

const SERVE: Readonly<Record<number, PodHandler>> = {
  7001: echo(),
  7002: source(),
  7003: sink(),
  7004: speaksFirst('220 ready\r\n'),
  7005: reset(),
  7006: neverReads(),
  7007: replyAndClose('done'),
  7011: silence(),
  7012: countsUntilEnd,
};

const CASES = [
  { carrier: 'websocket-tunnel', halfClose: true, manyStreams: true, ping: true },
  { carrier: 'spdy', halfClose: true, manyStreams: true, ping: true },
  { carrier: 'legacy-websocket', halfClose: false, manyStreams: false, ping: false },
] as const satisfies readonly { carrier: Carrier; halfClose: boolean; manyStreams: boolean; ping: boolean }[];

describe.each(CASES)('a tunnel over $carrier', ({ carrier, ...capabilities }) => {
  const start = (): Promise<TunnelFixture> => startTunnelFixture({ carrier, serve: SERVE });

  test('says what carries it and what it can do', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7001);
    expect(tunnel.carrier).toBe(carrier);
    expect(tunnel.capabilities).toEqual(capabilities);
  });

  test('carries bytes both ways', async () => {
    await using fixture = await start();
    const stream = new RecordedStream(await fixture.dial(7001), 7001);
    await stream.send('hello');
    expect((await stream.receive(5)).toString()).toBe('hello');
    await stream.send(' again');
    expect((await stream.receive(11)).toString()).toBe('hello again');
  });

  test('hears a server that speaks first', async () => {
    await using fixture = await start();
    const stream = new RecordedStream(await fixture.dial(7004), 7004);
    expect((await stream.receive(11)).toString()).toBe('220 ready\r\n');
  });

  test('brings 8 MiB down unchanged', async () => {
    await using fixture = await start();
    const stream = new RecordedStream(await fixture.dial(7002), 7002);
    const size = 8 * 1024 * 1024;
    await stream.send(`${size}\n`);
    const bytes = await stream.receive(size);
    expect(bytes.length).toBe(size);
    expect(bytes.every((byte, at) => byte === ((at % (251 * 256)) * 31 + 7) % 251)).toBe(true);
  });

  test('brings 8 MiB up unchanged', async () => {
    await using fixture = await start();
    const stream = new RecordedStream(await fixture.dial(7003), 7003);
    const body = Buffer.from(Array.from({ length: 8 * 1024 * 1024 }, (_, at) => at % 253));
    await stream.send(`${body.length}\n`);
    for (let at = 0; at < body.length; at += 100_003) await stream.send(body.subarray(at, at + 100_003));
    expect((await stream.receive(64)).toString().trim()).toBe(createHash('sha256').update(body).digest('hex'));
  });

  test('delivers what the pod said before it closed, then the end, then the close without an error', async () => {
    await using fixture = await start();
    const stream = new RecordedStream(await fixture.dial(7007), 7007);
    await stream.ended;
    expect(stream.bytes.toString()).toBe('done');
    stream.stream.end();
    expect(await stream.closed).toBeUndefined();
  });

  test('refuses the connection, and not the tunnel, when nobody listens on the port', async () => {
    await using fixture = await start();
    const stream = new RecordedStream(await fixture.dial(9999), 9999);
    const error = await stream.closed;
    expect(error).toBeInstanceOf(StreamRefusedError);
    expect(error).toMatchObject({ reason: 'refused', message: 'Nothing in the pod listens on port 9999' });
  });

  test('reports a reset by the pod as an error of that connection', async () => {
    await using fixture = await start();
    const stream = new RecordedStream(await fixture.dial(7005), 7005);
    await stream.send('x');
    expect(await stream.closed).toBeInstanceOf(StreamResetError);
  });

  test('keeps a bounded number of bytes for a reader that pauses, and loses none', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7002);
    const stream = new RecordedStream(tunnel, 7002);
    stream.stream.pause();
    const size = 16 * 1024 * 1024;
    await stream.send(`${size}\n`);
    await expect.poll(() => tunnel.health.readPausedSince, { timeout: 10_000 }).toBeDefined();
    expect(stream.size).toBe(0);
    stream.stream.resume();
    expect((await stream.receive(size)).length).toBe(size);
    expect(tunnel.health.readPausedSince).toBeUndefined();
  });

  test('says when the pod takes no more bytes, and ends the tunnel on request all the same', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7006);
    const stream = new RecordedStream(tunnel, 7006);
    const chunk = Buffer.alloc(256 * 1024);
    while (stream.stream.write(Buffer.from(chunk))) await new Promise(setImmediate);
    expect(tunnel.health.writeBlockedSince).toBeDefined();
    await tunnel.close();
    expect(tunnel.ended.aborted).toBe(true);
  });

  test('ends every stream with the reason when the server drops it', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7011);
    const stream = new RecordedStream(tunnel, 7011);
    await expect.poll(() => fixture.cluster.tunnels.length).toBe(1);
    const ended = once(tunnel.ended, 'abort');
    fixture.cluster.dropTunnels();
    await ended;
    expect(tunnel.ended.reason).toBeInstanceOf(TunnelClosedError);
    expect(await stream.closed).toBeInstanceOf(TunnelClosedError);
    expect(() => tunnel.openStream({ port: 7011, handlers: stream })).toThrow(TunnelClosedError);
  });

  test('leaves nothing on the server after close', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7001);
    new RecordedStream(tunnel, 7001);
    await tunnel.close();
    await tunnel.close();
    await expect.poll(() => fixture.cluster.tunnels.length).toBe(0);
  });

  test.runIf(capabilities.halfClose)('ends one direction and goes on in the other', async () => {
    await using fixture = await start();
    const stream = new RecordedStream(await fixture.dial(7012), 7012);
    await stream.send('12345');
    stream.stream.end();
    expect((await stream.receive(7)).toString()).toBe('5 bytes');
    await stream.ended;
    expect(await stream.closed).toBeUndefined();
  });

  test.runIf(!capabilities.halfClose)('ends both directions at once, for want of a half-close', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7001);
    const stream = new RecordedStream(tunnel, 7001);
    stream.stream.end();
    expect(await stream.closed).toBeUndefined();
    await expect.poll(() => tunnel.ended.aborted).toBe(true);
  });

  test.runIf(capabilities.manyStreams)('carries many streams to several ports, each by itself', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7001);
    const echoes = Array.from({ length: 50 }, () => new RecordedStream(tunnel, 7001));
    const refused = new RecordedStream(tunnel, 9999);
    const broken = new RecordedStream(tunnel, 7005);
    await broken.send('x');
    await Promise.all(echoes.map((stream, index) => stream.send(`number ${index};`)));
    const answers = await Promise.all(echoes.map((stream, index) => stream.receive(`number ${index};`.length)));
    expect(answers.map(String)).toEqual(echoes.map((_, index) => `number ${index};`));
    expect(await refused.closed).toBeInstanceOf(StreamRefusedError);
    expect(await broken.closed).toBeInstanceOf(StreamResetError);
    expect(tunnel.ended.aborted).toBe(false);
  });

  test.runIf(capabilities.manyStreams)(
    'a stream that is given up during a download does not stop its siblings',
    async () => {
      await using fixture = await start();
      const tunnel = await fixture.dial(7002);
      const download = new RecordedStream(tunnel, 7002);
      await download.send(`${64 * 1024 * 1024}\n`);
      await download.receive(1024 * 1024);
      download.stream.reset();
      const sibling = new RecordedStream(tunnel, 7001);
      await sibling.send('alive');
      expect((await sibling.receive(5)).toString()).toBe('alive');
    },
  );

  test.runIf(!capabilities.manyStreams)('carries one stream, to the port that it was dialled for', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7001);
    expect(() => new RecordedStream(tunnel, 7002)).toThrow(TunnelClosedError);
    new RecordedStream(tunnel, 7001);
    expect(() => new RecordedStream(tunnel, 7001)).toThrow(TunnelClosedError);
  });

  test.runIf(capabilities.ping)('answers pings', async () => {
    await using fixture = await start();
    const tunnel = await fixture.dial(7001);
    expect(await tunnel.ping()).toBeGreaterThan(0);
    expect(await Promise.all([tunnel.ping(), tunnel.ping()])).toHaveLength(2);
  });
});
