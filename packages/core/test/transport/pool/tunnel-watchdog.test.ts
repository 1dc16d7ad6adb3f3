import { once } from 'node:events';
import { expect, test } from 'vitest';
import { TunnelSilentError } from '../../../src/errors/transport-errors.ts';
import { FlushQueue } from '../../../src/transport/flush-queue.ts';
import { watchTunnel } from '../../../src/transport/pool/tunnel-watchdog.ts';
import { SocketChannel } from '../../../src/transport/socket-channel.ts';
import { SpdySession } from '../../../src/transport/spdy/spdy-session.ts';
import { openSocketPair } from '../../helpers/open-socket-pair.ts';
import { RecordedStream } from '../../helpers/recorded-stream.ts';

const limits = { pingAfterMs: 20, answerWithinMs: 20, evictAfterMs: 20 };

const MORE_THAN_THE_KERNEL_TAKES = 32 * 1024 * 1024;

async function openSession() {
  const pair = await openSocketPair();
  const channel = new SocketChannel({ socket: pair.near, head: Buffer.alloc(0), flushQueue: new FlushQueue() });
  const session = new SpdySession({ carrier: 'spdy', channel });
  return {
    session,
    peer: pair.far,
    [Symbol.asyncDispose]: async () => {
      await session.close();
      await pair[Symbol.asyncDispose]();
    },
  };
}

test('ends a tunnel whose peer answers no ping', async () => {
  await using fixture = await openSession();
  fixture.peer.resume();
  watchTunnel({ tunnel: fixture.session, limits, isPathAlive: () => Promise.resolve(true) });
  await once(fixture.session.ended, 'abort');
  expect(fixture.session.ended.reason).toBeInstanceOf(TunnelSilentError);
});

test('keeps a quiet tunnel whose peer answers', async () => {
  await using fixture = await openSession();
  let pings = 0;
  const fivePings = Promise.withResolvers<void>();
  fixture.peer.on('data', (ping) => {
    fixture.peer.write(ping);
    pings += 1;
    if (pings === 5) fivePings.resolve();
  });
  watchTunnel({ tunnel: fixture.session, limits, isPathAlive: () => Promise.resolve(false) });
  fixture.peer.resume();
  await fivePings.promise;
  expect(fixture.session.ended.aborted).toBe(false);
});

test('lets a second tunnel judge one whose peer takes no bytes', async () => {
  await using fixture = await openSession();
  const stream = new RecordedStream(fixture.session, 80);
  stream.stream.write(Buffer.alloc(MORE_THAN_THE_KERNEL_TAKES));
  let asked = 0;
  watchTunnel({ tunnel: fixture.session, limits, isPathAlive: () => Promise.resolve(++asked < 3) });
  await once(fixture.session.ended, 'abort');
  expect(asked).toBe(3);
});

test('gives up a tunnel in which a cancelled connection waits behind bytes that nobody takes', async () => {
  await using fixture = await openSession();
  const stream = new RecordedStream(fixture.session, 80);
  stream.stream.write(Buffer.alloc(MORE_THAN_THE_KERNEL_TAKES));
  stream.stream.reset();
  watchTunnel({ tunnel: fixture.session, limits, isPathAlive: () => Promise.resolve(true) });
  await once(fixture.session.ended, 'abort');
  expect(fixture.session.ended.reason).toMatchObject({ code: 'TUNNEL_CLOSED' });
});
