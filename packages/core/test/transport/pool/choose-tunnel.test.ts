import { expect, test } from 'vitest';
import { chooseTunnel, hasSpare, isCongested } from '../../../src/transport/pool/choose-tunnel.ts';
import type { Tunnel, TunnelHealth } from '../../../src/transport/tunnel.ts';

const NOW = 100_000;

/** A tunnel that is nothing but its health: the choice looks at no more. */
function tunnelWith(health: Partial<TunnelHealth> & { readonly isEnded?: boolean } = {}): Tunnel {
  const { isEnded = false, ...rest } = health;
  return {
    carrier: 'spdy',
    capabilities: { halfClose: true, manyStreams: true, ping: true },
    ended: isEnded ? AbortSignal.abort() : new AbortController().signal,
    health: {
      activeStreams: 0,
      openStreams: 0,
      lastReceivedAt: NOW,
      writeBlockedSince: undefined,
      readPausedSince: undefined,
      resetBlockedSince: undefined,
      sentSinceReceived: 0,
      unacknowledgedSince: undefined,
      ...rest,
    },
    openStream: () => {
      throw new Error('Choosing a tunnel opens no stream');
    },
    ping: () => Promise.reject(new Error('Choosing a tunnel pings nobody')),
    destroy: () => undefined,
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

test.each<[name: string, expected: boolean, health: Partial<TunnelHealth>]>([
  ['that is at rest', false, {}],
  ['whose peer takes no bytes for 50 ms', false, { writeBlockedSince: NOW - 50 }],
  ['whose peer takes no bytes for longer', true, { writeBlockedSince: NOW - 51 }],
  ['that is not read for 50 ms', false, { readPausedSince: NOW - 50 }],
  ['that is not read for longer', true, { readPausedSince: NOW - 51 }],
  ['whose opening waits for a second', false, { unacknowledgedSince: NOW - 1000 }],
  ['whose opening waits for longer', true, { unacknowledgedSince: NOW - 1001 }],
  ['that was quiet for an hour', false, { lastReceivedAt: NOW - 3_600_000 }],
  ['with a hundred connections', false, { activeStreams: 100, openStreams: 100 }],
])('that a tunnel %s is congested is %s', (_name, expected, health) => {
  expect(isCongested(tunnelWith(health), NOW)).toBe(expected);
});

test('chooses the tunnel with the fewest active connections', () => {
  const tunnels = [
    tunnelWith({ activeStreams: 2 }),
    tunnelWith({ activeStreams: 1 }),
    tunnelWith({ activeStreams: 3 }),
  ];
  expect(chooseTunnel(tunnels, NOW)).toBe(tunnels[1]);
});

test('connections that only wait for their end do not count', () => {
  const tunnels = [tunnelWith({ activeStreams: 1, openStreams: 1 }), tunnelWith({ activeStreams: 0, openStreams: 50 })];
  expect(chooseTunnel(tunnels, NOW)).toBe(tunnels[1]);
});

test('chooses the older one of two that are alike', () => {
  const tunnels = [tunnelWith({ activeStreams: 1 }), tunnelWith({ activeStreams: 1 })];
  expect(chooseTunnel(tunnels, NOW)).toBe(tunnels[0]);
});

test('prefers a busy tunnel to an empty one that is stuck or over', () => {
  const busy = tunnelWith({ activeStreams: 9 });
  const stuck = tunnelWith({ writeBlockedSince: NOW - 1000 });
  expect(chooseTunnel([stuck, tunnelWith({ isEnded: true }), busy], NOW)).toBe(busy);
});

test('chooses none when there is none, or none that can be used', () => {
  expect(chooseTunnel([], NOW)).toBeUndefined();
  expect(chooseTunnel([tunnelWith({ isEnded: true }), tunnelWith({ readPausedSince: 0 })], NOW)).toBeUndefined();
});

test.each([
  ['an idle tunnel is a spare', [tunnelWith()], true],
  ['an idle one beside a busy one is a spare', [tunnelWith({ activeStreams: 1 }), tunnelWith()], true],
  ['a busy tunnel is none', [tunnelWith({ activeStreams: 1 })], false],
  ['a tunnel that is stuck is none', [tunnelWith({ readPausedSince: 0 })], false],
  ['a tunnel that is over is none', [tunnelWith({ isEnded: true })], false],
  ['no tunnel is none', [], false],
])('%s', (_name, tunnels, expected) => {
  expect(hasSpare(tunnels, NOW)).toBe(expected);
});
