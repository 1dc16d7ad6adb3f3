import { expect, test } from 'vitest';
import { nextStatus, type StatusEvent } from '../../src/forward/next-status.ts';
import type { PortForwardStatus } from '../../src/model/forward-info.ts';

const TABLE: Readonly<Record<PortForwardStatus, Readonly<Record<StatusEvent, PortForwardStatus>>>> = {
  connecting: {
    'tunnel-opened': 'connected',
    'tunnel-lost': 'connecting',
    'given-up': 'error',
    'stop-requested': 'stopped',
  },
  connected: {
    'tunnel-opened': 'connected',
    'tunnel-lost': 'disconnected',
    'given-up': 'error',
    'stop-requested': 'stopped',
  },
  disconnected: {
    'tunnel-opened': 'connected',
    'tunnel-lost': 'disconnected',
    'given-up': 'error',
    'stop-requested': 'stopped',
  },
  error: {
    'tunnel-opened': 'error',
    'tunnel-lost': 'error',
    'given-up': 'error',
    'stop-requested': 'stopped',
  },
  stopped: {
    'tunnel-opened': 'stopped',
    'tunnel-lost': 'stopped',
    'given-up': 'stopped',
    'stop-requested': 'stopped',
  },
};

const rows = Object.entries(TABLE).flatMap(([status, events]) =>
  Object.entries(events).map(([event, next]) => ({
    status: status as PortForwardStatus,
    event: event as StatusEvent,
    next,
  })),
);

test.each(rows)('$status becomes $next on $event', ({ status, event, next }) => {
  expect(nextStatus(status, event)).toBe(next);
});
