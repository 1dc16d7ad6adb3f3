/** What a hold needs to know. */
export interface FinHoldOptions {
  /** How long the pod must be silent, in milliseconds; 0 passes the end on at once. */
  readonly holdMs: number;
  /** When the pod last sent, in the time of `performance.now()`. */
  readonly lastReceivedAt: () => number;
  /** Whether bytes of the pod still wait for the local program, which is no silence. */
  readonly isDelivering: () => boolean;
  /** Passes the end on. */
  readonly onSilence: () => void;
}

/**
 * Holds back the end of what a local program sends while the pod still answers. Container runtimes do not tell the application of a
 * half-close; they cut the whole connection one second later (containerd and CRI-O's copy loop), and with it the rest of the answer.
 */
export class FinHold {
  readonly #options: FinHoldOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FinHoldOptions) {
    this.#options = options;
  }

  /** The local program has sent its end. */
  start(): void {
    if (this.#options.holdMs === 0) this.#options.onSilence();
    else this.#wait(this.#options.holdMs);
  }

  /** The connection is over; nothing is passed on any more. */
  cancel(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      const { holdMs, lastReceivedAt, isDelivering, onSilence } = this.#options;
      const silentMs = performance.now() - lastReceivedAt();
      if (isDelivering()) this.#wait(holdMs);
      else if (silentMs < holdMs) this.#wait(holdMs - silentMs);
      else onSilence();
    }, ms);
  }
}
