import type { Clock } from '../clock/clock.ts';

/** What someone waits for on a clock, cancelled together. */
export class Timers {
  readonly #clock: Clock;
  readonly #around: (work: () => void) => void;
  readonly #cancels = new Set<() => void>();

  /** @param options `around`: runs what was waited for. */
  constructor({ clock, around }: { readonly clock: Clock; readonly around: (work: () => void) => void }) {
    this.#clock = clock;
    this.#around = around;
  }

  /** Calls back after a delay in milliseconds; at once, before this returns, when there is none. */
  after(delayMs: number, callback: () => void): void {
    if (!(delayMs > 0)) {
      callback();
      return;
    }
    const cancel = this.#clock.setTimeout(() => {
      this.#cancels.delete(cancel);
      this.#around(callback);
    }, delayMs);
    this.#cancels.add(cancel);
  }

  /** Cancels every call that has not been made. */
  clear(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
