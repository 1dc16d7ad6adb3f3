/** How waiting times grow between attempts. */
export interface BackoffOptions {
  /** The ceiling of the first wait, in milliseconds. @default 250 */
  readonly firstMs?: number;
  /** The ceiling of every wait, in milliseconds. @default 15000 */
  readonly limitMs?: number;
  /** A source of numbers in [0, 1), for tests. @default Math.random */
  readonly random?: () => number;
}

/**
 * Exponential backoff with full jitter: each wait is drawn evenly between 0 and a ceiling that doubles up to a limit, so that many
 * clients which failed together do not return together.
 */
export class Backoff {
  readonly #firstMs: number;
  readonly #limitMs: number;
  readonly #random: () => number;
  #attempts = 0;

  constructor(options: BackoffOptions = {}) {
    this.#firstMs = options.firstMs ?? 250;
    this.#limitMs = options.limitMs ?? 15_000;
    this.#random = options.random ?? Math.random;
  }

  /** How many waits were drawn since the start or the last {@link reset}. */
  get attempts(): number {
    return this.#attempts;
  }

  /** The next wait in milliseconds. */
  next(): number {
    const ceiling = Math.min(this.#limitMs, this.#firstMs * 2 ** this.#attempts);
    this.#attempts += 1;
    return Math.floor(this.#random() * ceiling);
  }

  /** After a success: the next failure waits as little as the first. */
  reset(): void {
    this.#attempts = 0;
  }
}
