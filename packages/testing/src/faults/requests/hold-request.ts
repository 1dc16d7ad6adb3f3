import type { Duplex } from 'node:stream';
import type { Clock } from '../../clock/clock.ts';

/** How long {@link holdRequest} waits. */
export interface HoldOptions {
  readonly socket: Duplex;
  readonly clock: Clock;
  /** In milliseconds; `undefined` waits for the signal. */
  readonly ms: number | undefined;
  /** Its abort ends the waiting early. */
  readonly signal: AbortSignal;
}

/** Lets a request wait. @returns whether the client is still there */
export async function holdRequest({ socket, clock, ms, signal }: HoldOptions): Promise<boolean> {
  if (signal.aborted) return !socket.destroyed;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const release = (): void => resolve(true);
  const leave = (): void => resolve(false);
  const cancel = ms === undefined ? undefined : clock.setTimeout(release, ms);
  signal.addEventListener('abort', release, { once: true });
  socket.once('close', leave);
  socket.once('end', leave);
  const isThere = !socket.destroyed && (await promise);
  cancel?.();
  signal.removeEventListener('abort', release);
  socket.off('close', leave);
  socket.off('end', leave);
  return isThere && !socket.destroyed;
}
