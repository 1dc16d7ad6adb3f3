import { TunnelClosedError, TunnelSilentError } from '../../errors/transport-errors.ts';
import type { Tunnel } from '../tunnel.ts';

/** When a tunnel is asked, and how long it may think. */
export interface WatchdogLimits {
  /** After how long a silence a ping is sent, in milliseconds. @default 4500 */
  readonly pingAfterMs: number;
  /** How long the answer may take, in milliseconds. @default 4500 */
  readonly answerWithinMs: number;
  /**
   * How long a stream that was given up may wait behind bytes that the peer does not take, in milliseconds. Such a tunnel gets no new
   * connections meanwhile, so patience costs little, and a slow uplink is no dead one. @default 30000
   */
  readonly evictAfterMs: number;
}

/** Together they notice a dead path within ten seconds. */
export const DEFAULT_WATCHDOG_LIMITS: WatchdogLimits = {
  pingAfterMs: 4500,
  answerWithinMs: 4500,
  evictAfterMs: 30_000,
};

/** So many bytes on their way, in the system's buffers and on the wire, that an answer to a ping may wait long behind them. */
const MUCH = 64 * 1024;

/** What a watchdog watches. */
export interface WatchdogOptions {
  readonly tunnel: Tunnel;
  readonly limits: WatchdogLimits;
  /** Whether the path to the pod is alive, found out without this tunnel. */
  readonly isPathAlive: () => Promise<boolean>;
}

/**
 * Ends a tunnel that no longer answers. A quiet tunnel is pinged. One that is paused, or whose peer takes no bytes, cannot be judged by
 * its pongs, since they wait behind the data: there a second tunnel to the same pod is asked.
 */
export function watchTunnel(options: WatchdogOptions): void {
  const { tunnel, limits, isPathAlive } = options;
  let timer: NodeJS.Timeout;
  let pingSentAt: number | undefined;

  const check = async (): Promise<void> => {
    await new Promise(setImmediate); // an answer that came while this process was busy is read first
    if (tunnel.ended.aborted) return;
    const now = performance.now();
    const { lastReceivedAt, resetBlockedSince } = tunnel.health;
    if (resetBlockedSince !== undefined && now - resetBlockedSince >= limits.evictAfterMs) {
      tunnel.destroy(
        new TunnelClosedError({ message: 'The tunnel was given up: the pod takes no more bytes from it' }),
      );
      return;
    }
    if (now - lastReceivedAt < limits.pingAfterMs) {
      pingSentAt = undefined;
      plan(limits.pingAfterMs - (now - lastReceivedAt));
    } else if (pingSentAt === undefined || lastReceivedAt >= pingSentAt) {
      pingSentAt = now;
      tunnel.ping().catch(() => undefined); // that the tunnel ended is told by its signal
      plan(limits.answerWithinMs);
    } else if (isStuck(tunnel) && (await isPathAlive())) {
      pingSentAt = undefined;
      plan(limits.pingAfterMs);
    } else {
      tunnel.destroy(new TunnelSilentError({ silentMs: performance.now() - tunnel.health.lastReceivedAt }));
    }
  };
  const plan = (ms: number): void => {
    if (tunnel.ended.aborted) return;
    timer = setTimeout(() => void check(), Math.max(ms, 10));
  };

  tunnel.ended.addEventListener('abort', () => clearTimeout(timer), { once: true });
  plan(limits.pingAfterMs);
}

function isStuck({ health }: Tunnel): boolean {
  const isSending = health.sentSinceReceived > MUCH;
  return isSending || health.readPausedSince !== undefined || health.writeBlockedSince !== undefined;
}
