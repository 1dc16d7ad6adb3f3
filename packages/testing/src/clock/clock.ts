/** The time of a simulated cluster. Everything in it that waits or writes down a moment asks this. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Calls back once, after a delay in milliseconds. What is still waiting does not keep the process alive.
   *
   * @returns a function that cancels the call
   */
  setTimeout(callback: () => void, delayMs: number): () => void;
}

/** A moment as Kubernetes writes it down in most fields: RFC 3339 in UTC, whole seconds. */
export function timestamp(clock: Pick<Clock, 'now'>): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+/, '');
}
