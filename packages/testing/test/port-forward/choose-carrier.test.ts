import { expect, test } from 'vitest';
import { ForwardingServer } from './helpers/forwarding-server.ts';
import { TUNNEL_HANDSHAKE } from './helpers/tunnel-client.ts';

const SPDY = { Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'portforward.k8s.io' };
const { 'Sec-WebSocket-Protocol': _none, ...WEBSOCKET } = TUNNEL_HANDSHAKE;
const LEGACY = { ...WEBSOCKET, 'Sec-WebSocket-Protocol': 'v4.channel.k8s.io' };

test.each([
  [
    'raw SPDY over POST',
    'POST',
    SPDY,
    '',
    'spdy',
    { upgrade: 'SPDY/3.1', 'x-stream-protocol-version': 'portforward.k8s.io' },
  ],
  ['raw SPDY over GET', 'GET', SPDY, '', 'spdy', { upgrade: 'SPDY/3.1' }],
  [
    'the tunnel',
    'GET',
    TUNNEL_HANDSHAKE,
    '',
    'websocket-tunnel',
    { 'sec-websocket-protocol': 'SPDY/3.1+portforward.k8s.io' },
  ],
  [
    'the tunnel among other protocols',
    'GET',
    { ...WEBSOCKET, 'Sec-WebSocket-Protocol': 'v4.channel.k8s.io, SPDY/3.1+portforward.k8s.io' },
    '',
    'websocket-tunnel',
    { 'sec-websocket-protocol': 'SPDY/3.1+portforward.k8s.io' },
  ],
  [
    'the legacy protocol',
    'GET',
    LEGACY,
    '?ports=80',
    'legacy-websocket',
    { 'sec-websocket-protocol': 'v4.channel.k8s.io' },
  ],
  ['a WebSocket without a protocol', 'GET', WEBSOCKET, '?ports=80', 'legacy-websocket', { upgrade: 'websocket' }],
])('%s is accepted', async (_name, method, headers, query, carrier, expected) => {
  await using server = await ForwardingServer.start({ serve: { 80: () => {} } });
  const answer = await server.upgrade(method, headers, query);
  expect(answer.headers).toMatchObject(expected);
  expect(server.sessions[0]?.carrier).toBe(carrier);
  answer.socket.destroy();
});

test('a WebSocket that asked for no protocol gets none', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: () => {} } });
  const answer = await server.upgrade('GET', WEBSOCKET, '?ports=80');
  expect(answer.headers).not.toHaveProperty('sec-websocket-protocol');
  answer.socket.destroy();
});

const ALL = {};
test.each([
  [
    'SPDY without a stream protocol',
    'POST',
    { Upgrade: 'SPDY/3.1' },
    '',
    ALL,
    '400: unable to upgrade: header X-Stream-Protocol-Version does not exist in request with 3 headers',
  ],
  [
    'SPDY with another stream protocol',
    'POST',
    { Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'v9.portforward.k8s.io' },
    '',
    ALL,
    '403: unable to upgrade: unable to negotiate protocol: client supports [v9.portforward.k8s.io], server accepts [portforward.k8s.io]',
  ],
  ['SPDY where it is switched off', 'POST', SPDY, '', { spdy: false }, '400: Upgrade request required'],
  ['another upgrade', 'GET', { Upgrade: 'h2c' }, '', ALL, '400: Upgrade request required'],
  [
    'the tunnel where it is switched off',
    'GET',
    TUNNEL_HANDSHAKE,
    '',
    { tunnel: false },
    '400: query parameter "port" is required',
  ],
  ['the legacy protocol without ports', 'GET', LEGACY, '', ALL, '400: query parameter "port" is required'],
  [
    'the legacy protocol with a port that is none',
    'GET',
    LEGACY,
    '?ports=http',
    ALL,
    '400: unable to parse "http" as a port',
  ],
  ['the legacy protocol with port 0', 'GET', LEGACY, '?ports=80,0', ALL, '400: port "0" must be > 0'],
  ['the legacy protocol with port 65536', 'GET', LEGACY, '?ports=65536', ALL, '400: unable to parse "65536" as a port'],
  [
    'the legacy protocol with too many ports',
    'GET',
    LEGACY,
    `?ports=${Array<number>(128).fill(80).join(',')}`,
    ALL,
    '400: more than 127 ports',
  ],
  [
    'the legacy protocol where it is switched off',
    'GET',
    LEGACY,
    '?ports=80',
    { legacy: false },
    '400: Upgrade request required',
  ],
  [
    'a WebSocket with another protocol',
    'GET',
    { ...WEBSOCKET, 'Sec-WebSocket-Protocol': 'chat' },
    '?ports=80',
    ALL,
    '403: unable to upgrade: unable to negotiate protocol: client supports [chat], server accepts [v4.channel.k8s.io]',
  ],
  [
    'a WebSocket without a key',
    'GET',
    { ...TUNNEL_HANDSHAKE, 'Sec-WebSocket-Key': 'short' },
    '',
    ALL,
    /^400: .*Sec-WebSocket-Key/,
  ],
  ['a WebSocket over POST', 'POST', TUNNEL_HANDSHAKE, '', ALL, /^400: .*method/],
])('%s is refused', async (_name, method, headers, query, allow, message) => {
  await using server = await ForwardingServer.start({ allow });
  await expect(server.upgrade(method, headers, query)).rejects.toThrow(message);
  expect(server.sessions).toEqual([]);
});

test('the refusal of a stream protocol names those that are accepted', async () => {
  await using server = await ForwardingServer.start({});
  const headers = { Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'v9.portforward.k8s.io' };
  await expect(server.upgrade('POST', headers)).rejects.toMatchObject({
    headers: { 'x-accepted-stream-protocol-versions': 'portforward.k8s.io' },
  });
});
