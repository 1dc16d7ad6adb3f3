import type { StoreEvent } from './event-history.ts';

/** Hears of every change, synchronously and in order. */
export type StoreListener = (event: StoreEvent) => void;

/** How often controllers may answer one change with another before that counts as a loop. */
const MAX_ROUNDS = 1000;

/** Who hears of the changes of a store. */
export class StoreListeners {
  readonly #listeners = new Set<StoreListener>();
  readonly #settled = new Set<() => void>();
  readonly #undelivered: StoreEvent[] = [];
  /** Above 0 while changes are held back or told. */
  #busy = 0;

  add(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onSettled(callback: () => void): () => void {
    this.#settled.add(callback);
    return () => this.#settled.delete(callback);
  }

  tell(event: StoreEvent): void {
    this.#undelivered.push(event);
    if (this.#busy === 0) this.#deliver();
  }

  hold<T>(work: () => T): T {
    this.#busy += 1;
    try {
      return work();
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#deliver();
    }
  }

  /**
   * A listener may change the store: what it causes is told after what it was told, to every listener in the same order. One that throws does
   * not keep the others from hearing; its error comes out in the end.
   */
  #deliver(): void {
    const errors: unknown[] = [];
    const attempt = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        errors.push(error);
      }
    };
    this.#busy += 1;
    for (let round = 0; this.#undelivered.length > 0; round += 1) {
      if (round > MAX_ROUNDS) {
        this.#undelivered.length = 0;
        errors.push(new Error('The controllers of the simulated cluster answer their own changes without end'));
        break;
      }
      for (let event = this.#undelivered.shift(); event; event = this.#undelivered.shift()) {
        const told = event;
        for (const listener of [...this.#listeners]) attempt(() => listener(told));
      }
      for (const callback of [...this.#settled]) attempt(callback);
    }
    this.#busy -= 1;
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, 'Several listeners of the store have failed');
  }
}
