import type { AbortOptions } from './abort-options.ts';
import { untilAborted } from './deadline.ts';

/** The limit of some work. */
export interface TimeLimitOptions extends AbortOptions {
  readonly timeoutMs: number;
  /** Makes the error that the work fails with when its time is over. */
  readonly onTimeout: () => Error;
}

/**
 * Runs work under a time limit. The work gets a signal that aborts at the limit, or with `signal`; the result rejects at that moment even
 * if the work does not listen. Leaves no timer behind.
 */
export async function withTimeLimit<T>(
  options: TimeLimitOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  options.signal?.throwIfAborted();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(options.onTimeout()), options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, limit.signal]) : limit.signal;
  try {
    return await untilAborted(work(signal), signal);
  } finally {
    clearTimeout(timer);
  }
}
