import type { Tunnel } from '../tunnel.ts';

/** A tunnel that is stuck for longer gets no new connection, in milliseconds. */
const STUCK_MS = 50;
/** A tunnel that has not acknowledged an opening for longer gets no new connection, in milliseconds. */
const UNACKNOWLEDGED_MS = 1000;

/** Whether new connections should keep off a tunnel: it does not take or deliver bytes, or answers late. */
export function isCongested({ health }: Tunnel, now: number): boolean {
  const since = (start: number | undefined): number => (start === undefined ? 0 : now - start);
  return (
    since(health.writeBlockedSince) > STUCK_MS ||
    since(health.readPausedSince) > STUCK_MS ||
    since(health.unacknowledgedSince) > UNACKNOWLEDGED_MS
  );
}

/** The tunnel with the fewest active streams of those that are not congested; the older one when two are alike. */
export function chooseTunnel(tunnels: Iterable<Tunnel>, now: number): Tunnel | undefined {
  let best: Tunnel | undefined;
  for (const tunnel of tunnels) {
    if (tunnel.ended.aborted || isCongested(tunnel, now)) continue;
    if (!best || tunnel.health.activeStreams < best.health.activeStreams) best = tunnel;
  }
  return best;
}

/** Whether a tunnel stands ready that carries nothing. */
export function hasSpare(tunnels: Iterable<Tunnel>, now: number): boolean {
  return chooseTunnel(tunnels, now)?.health.activeStreams === 0;
}

/** A tunnel that carried nothing for so long is closed, but for one, in milliseconds. */
const RETIRE_AFTER_MS = 30_000;
/** How often a pool looks for such tunnels, in milliseconds. */
export const RETIRE_CHECK_MS: number = 15_000;

/** The tunnels that nobody needs any more: all idle ones but one. `tunnels` says when each was last given to a connection. */
export function surplusTunnels(tunnels: ReadonlyMap<Tunnel, number>, now: number): readonly Tunnel[] {
  const idle = [...tunnels].filter(
    ([tunnel, usedAt]) => tunnel.health.openStreams === 0 && now - usedAt > RETIRE_AFTER_MS,
  );
  return idle.slice(1).map(([tunnel]) => tunnel);
}
