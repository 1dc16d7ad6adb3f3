/**
 * Races a promise against a signal: when the signal aborts first, the result rejects with its reason. The work itself is not stopped by
 * this; hand it the same signal.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  if (signal.aborted) {
    work.catch(() => undefined); // the reason of the abort is the answer; a later failure of the work is not news
    throw signal.reason;
  }
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Waits `ms` milliseconds, or rejects with the signal's reason as soon as it aborts. Leaves no timer behind. */
export async function delay(options: {
  readonly ms: number;
  readonly signal?: AbortSignal | undefined;
}): Promise<void> {
  options.signal?.throwIfAborted();
  const elapsed = Promise.withResolvers<void>();
  const timer = setTimeout(elapsed.resolve, options.ms);
  try {
    await untilAborted(elapsed.promise, options.signal);
  } finally {
    clearTimeout(timer);
  }
}
