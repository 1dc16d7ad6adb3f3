import { duplexPair } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SystemClock } from '../../../src/clock/system-clock.ts';
import { ShapedSocket } from '../../../src/faults/tunnels/shaped-socket.ts';

const KIB = 1024;
const ALL = Buffer.from(Array.from({ length: 4 * KIB * KIB }, (_, index) => index % 251));

function pair() {
  const [client, wire] = duplexPair();
  const socket = new ShapedSocket({ socket: wire, head: Buffer.alloc(0), clock: new SystemClock() });
  return { client, socket };
}

test('what the server cannot get is not read, and arrives unharmed later', async () => {
  const { client, socket } = pair();
  const block = { blocked: true };
  socket.toServer.shape(block);
  for (let offset = 0; offset < ALL.length; offset += 16 * KIB) client.write(ALL.subarray(offset, offset + 16 * KIB));
  client.end();
  for (let index = 0; index < 1000; index += 1) await turn();
  expect(socket.toServer.heldBytes).toBeGreaterThan(0);
  expect(socket.toServer.heldBytes).toBeLessThan(256 * KIB);
  socket.toServer.unshape(block);
  expect(Buffer.concat(await socket.toArray()).equals(ALL)).toBe(true);
});

test('what the client cannot get holds the server back, and arrives unharmed later', async () => {
  const { client, socket } = pair();
  const block = { blocked: true };
  socket.toClient.shape(block);
  expect(socket.write(ALL)).toBe(false);
  socket.end();
  const received = client.toArray();
  await turn();
  expect(client.readableEnded).toBe(false);
  socket.toClient.unshape(block);
  expect(Buffer.concat(await received).equals(ALL)).toBe(true);
});

test('a reader that stalls holds the client back without any fault', async () => {
  const { client, socket } = pair();
  for (let offset = 0; offset < ALL.length; offset += 16 * KIB) client.write(ALL.subarray(offset, offset + 16 * KIB));
  for (let index = 0; index < 1000; index += 1) await turn();
  expect(socket.readableLength).toBeLessThan(256 * KIB);
  client.end();
  expect(Buffer.concat(await socket.toArray()).equals(ALL)).toBe(true);
});
