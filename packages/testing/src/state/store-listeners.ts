import type { StoreEvent } from './event-history.ts';

/** Hears of every change, synchronously and in order. */
export type StoreListener = (event: StoreEvent) => void;

/** How often controllers may answer one change with another before that counts as a loop. */
const MAX_ROUNDS = 10_000;

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

  /** A listener may change the store: what it causes is told after what it was told, to every listener in the same order. */
  #deliver(): void {
    this.#busy += 1;
    try {
      for (let round = 0; this.#undelivered.length > 0; round += 1) {
        if (round > MAX_ROUNDS) throw new Error('The controllers of the simulated cluster answer their own changes');
        for (let event = this.#undelivered.shift(); event; event = this.#undelivered.shift()) {
          for (const listener of [...this.#listeners]) listener(event);
        }
        for (const callback of [...this.#settled]) callback();
      }
    } finally {
      this.#busy -= 1;
    }
  }
}
