import type { Fault, FaultTurns } from './fault.ts';
import { requireCount, requireFraction } from './require-number.ts';

/** What an {@link ArmedFault} is made of. */
export interface ArmedFaultOptions extends FaultTurns {
  readonly description: string;
  /** The next number of the seeded generator, from 0 to below 1. */
  readonly draw: () => number;
  /** Its abort removes the fault. */
  readonly signal: AbortSignal;
}

/** The handle of a fault: it counts its turns, and the abort of its signal is what ends everything that it does. */
export class ArmedFault implements Fault {
  readonly description: string;
  readonly #armed = new AbortController();
  readonly #draw: () => number;
  readonly #probability: number;
  #skip: number;
  #left: number;
  #hits = 0;

  /** @throws RangeError for turns that make no sense. */
  constructor(options: ArmedFaultOptions) {
    const { description, draw, signal, nth, skip = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = options;
    if (nth !== undefined && (options.skip !== undefined || options.times !== undefined)) {
      throw new RangeError('nth stands alone: it says what skip and times would');
    }
    this.description = description;
    this.#draw = draw;
    this.#probability = requireFraction('probability', probability);
    this.#skip = nth === undefined ? requireCount('skip', skip) : requireCount('nth', nth, { least: 1 }) - 1;
    this.#left = nth === undefined ? times : 1;
    if (Number.isFinite(this.#left)) requireCount('times', this.#left);
    if (signal.aborted) this.#armed.abort();
    else signal.addEventListener('abort', () => this.remove(), { once: true, signal: this.#armed.signal });
  }

  get hits(): number {
    return this.#hits;
  }

  /** Aborted once the fault is removed. */
  get signal(): AbortSignal {
    return this.#armed.signal;
  }

  /** Whether it may strike again. */
  get spent(): boolean {
    return this.#armed.signal.aborted || this.#left === 0;
  }

  /** Whether it takes this occasion, which matches it; if so, that counts as a hit. */
  strikes(): boolean {
    if (this.spent) return false;
    if (this.#skip > 0) {
      this.#skip -= 1;
      return false;
    }
    if (this.#probability < 1 && this.#draw() >= this.#probability) return false;
    this.#left -= 1;
    this.#hits += 1;
    return true;
  }

  remove(): void {
    this.#armed.abort();
  }

  [Symbol.dispose](): void {
    this.remove();
  }
}
