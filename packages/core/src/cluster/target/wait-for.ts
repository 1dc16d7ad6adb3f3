import { DeadlineSignal } from '../connection/deadline-signal.ts';

class WaitOver extends Error {}

/**
 * Waits for a followed collection to hold what is wanted. The time counts from the first snapshot on, which is always looked at.
 *
 * @throws what `onTimeout` makes of the last snapshot when the time is over; what `follow` and `pick` throw; the signal's reason
 */
export async function waitFor<Snapshot, Result>(options: {
  readonly follow: (signal: AbortSignal) => AsyncIterable<Snapshot>;
  /** What is wanted, or `undefined` while it is not there. */
  readonly pick: (snapshot: Snapshot, signal: AbortSignal) => Promise<Result | undefined>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onTimeout: (last: Snapshot) => Promise<Error>;
}): Promise<Result> {
  const { timeoutMs, pick } = options;
  const deadline = new DeadlineSignal({ signals: [options.signal] });
  let last: { readonly snapshot: Snapshot } | undefined;
  try {
    for await (const snapshot of options.follow(deadline.signal)) {
      const isFirst = last === undefined;
      last = { snapshot };
      const result = await pick(snapshot, deadline.signal);
      if (result !== undefined) return result;
      if (timeoutMs === 0) break;
      if (isFirst) deadline.restart({ timeoutMs, onTimeout: () => new WaitOver() });
    }
  } catch (error) {
    if (!(error instanceof WaitOver)) throw error;
  } finally {
    deadline.dispose();
  }
  options.signal?.throwIfAborted();
  throw await options.onTimeout((last as { readonly snapshot: Snapshot }).snapshot);
}
