import type { PortForwardStatus } from '../model/forward-info.ts';

/** What can happen to a forward, as far as its status is concerned. */
export type StatusEvent = 'tunnel-opened' | 'tunnel-lost' | 'given-up' | 'stop-requested';

const TRANSITIONS: Readonly<Record<PortForwardStatus, Partial<Record<StatusEvent, PortForwardStatus>>>> = {
  connecting: { 'tunnel-opened': 'connected', 'given-up': 'error', 'stop-requested': 'stopped' },
  connected: { 'tunnel-lost': 'disconnected', 'given-up': 'error', 'stop-requested': 'stopped' },
  disconnected: { 'tunnel-opened': 'connected', 'given-up': 'error', 'stop-requested': 'stopped' },
  error: { 'stop-requested': 'stopped' },
  stopped: {},
};

/**
 * The one place that decides a forward's status. What has no transition changes nothing: a tunnel that is lost after the stop is no news.
 */
export function nextStatus(status: PortForwardStatus, event: StatusEvent): PortForwardStatus {
  return TRANSITIONS[status][event] ?? status;
}
