/** How long something may take, and what is said when it takes longer. */
export interface TimeLimit {
  readonly timeoutMs: number;
  /** Makes the reason of the abort. */
  readonly onTimeout: () => Error;
}

/**
 * A signal that aborts with any of its callers' signals, or by itself when the time is over. Dispose it when the work is done: it then
 * holds no timer and no listener, and never aborts any more.
 */
export class DeadlineSignal {
  readonly #controller = new AbortController();
  readonly #outer: readonly AbortSignal[];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    readonly signals: readonly (AbortSignal | undefined)[];
    /** The limit; without one the clock starts with {@link restart}. */
    readonly limit?: TimeLimit;
  }) {
    this.#outer = options.signals.filter((signal) => signal !== undefined);
    for (const signal of this.#outer) {
      if (signal.aborted) this.#controller.abort(signal.reason);
      else signal.addEventListener('abort', this.#onAbort, { once: true });
    }
    if (options.limit) this.restart(options.limit);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Sets another limit, counted from now. */
  restart(limit: TimeLimit): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(limit.onTimeout()), limit.timeoutMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const signal of this.#outer) signal.removeEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = (event: Event): void => {
    this.#controller.abort((event.target as AbortSignal).reason);
  };
}
