import { expect, test } from 'vitest';
import { echo } from '../../../src/pods/echo.ts';
import { neverReads } from '../../../src/pods/never-reads.ts';
import { ForwardingServer } from '../helpers/forwarding-server.ts';
import { data } from '../helpers/spdy-client.ts';
import { openTunnel } from '../helpers/tunnel-client.ts';

const CLOSE = 8;
const PING = 9;
const PONG = 10;
const CONTINUATION = 0;

test('SPDY frames may be spread over messages and fragments in any way', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const { client, tunnel } = await openTunnel(server);
  const bytes = Buffer.concat([await client.open(80), data(3, 'hello'), data(3, ' there', { fin: true })]);
  tunnel.frame(bytes.subarray(0, 3));
  tunnel.frame(Buffer.alloc(0));
  tunnel.frame(bytes.subarray(3, 40), { fin: false });
  tunnel.frame(Buffer.from('between'), { opcode: PING });
  tunnel.frame(bytes.subarray(40, 41), { opcode: CONTINUATION, fin: false });
  tunnel.frame(bytes.subarray(41), { opcode: CONTINUATION });
  await client.until(() => client.ended(1));
  expect(client.text(3)).toBe('hello there');
  expect(tunnel.controls).toEqual([{ opcode: PONG, payload: Buffer.from('between') }]);
});

test('closing the WebSocket ends the session, and the close is answered', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: neverReads() } });
  const { client, tunnel } = await openTunnel(server);
  client.send(await client.open(80));
  await client.until(() => client.frames.length === 2);
  tunnel.frame(Buffer.from([0x03, 0xe8]), { opcode: CLOSE });
  await server.sessions[0]?.closed;
  expect(server.sessions[0]?.streams).toBe(0);
  await client.closed;
  expect(tunnel.controls.map(({ opcode }) => opcode)).toEqual([CLOSE]);
  expect(server.errors).toEqual([]);
});

test('closing the WebSocket ends a session that is stalled as well', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: neverReads() } });
  const { client, tunnel } = await openTunnel(server);
  client.send(await client.open(80), data(3, Buffer.alloc(200_000)));
  tunnel.frame(Buffer.from([0x03, 0xe8]), { opcode: CLOSE });
  await server.sessions[0]?.closed;
  expect(server.sessions[0]?.streams).toBe(0);
});

test('a message without a mask ends the session and is reported', async () => {
  await using server = await ForwardingServer.start({});
  const { tunnel } = await openTunnel(server);
  tunnel.frame(Buffer.from('x'), { masked: false });
  await server.sessions[0]?.closed;
  expect(server.errors.map(({ message }) => message)).toEqual([expect.stringContaining('MASK must be set')]);
});
