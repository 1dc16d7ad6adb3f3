import type { Clock } from '../clock/clock.ts';

/** The alarms of one moment, in the order in which they were set. */
interface Moment {
  readonly callbacks: Set<() => void>;
  readonly cancel: () => void;
}

/**
 * A clock whose alarms of one moment share an alarm of another clock and ring together, in the order in which they were set; moments that
 * are overdue ring with them, in their order. An alarm that throws does not keep the others from ringing; its error comes out in the end.
 */
export class GroupedClock implements Clock {
  readonly #clock: Clock;
  readonly #around: (ring: () => void) => void;
  /** By milliseconds since the epoch. */
  readonly #moments = new Map<number, Moment>();

  /** @param options `around`: runs the alarms that ring together. */
  constructor({ clock, around }: { readonly clock: Clock; readonly around: (ring: () => void) => void }) {
    this.#clock = clock;
    this.#around = around;
  }

  now(): number {
    return this.#clock.now();
  }

  setTimeout(callback: () => void, delayMs: number): () => void {
    const at = this.#clock.now() + Math.max(0, delayMs);
    const moment = this.#moments.get(at) ?? this.#open(at, delayMs);
    // The same function may be waiting already.
    const call = () => callback();
    moment.callbacks.add(call);
    return () => {
      moment.callbacks.delete(call);
      if (moment.callbacks.size === 0) this.#close(at, moment);
    };
  }

  #open(at: number, delayMs: number): Moment {
    const ring = () => {
      // A timer of Node may be early by a millisecond.
      const now = Math.max(this.#clock.now(), at);
      const due = [...this.#moments].filter(([other]) => other <= now).sort(([left], [right]) => left - right);
      for (const [other, moment] of due) this.#close(other, moment);
      this.#around(() => callAll(due.map(([, { callbacks }]) => callbacks)));
    };
    const moment: Moment = { callbacks: new Set(), cancel: this.#clock.setTimeout(ring, delayMs) };
    this.#moments.set(at, moment);
    return moment;
  }

  #close(at: number, moment: Moment): void {
    moment.cancel();
    if (this.#moments.get(at) === moment) this.#moments.delete(at);
  }
}

/** Those that are cancelled meanwhile are left out. */
function callAll(groups: readonly Set<() => void>[]): void {
  const errors: unknown[] = [];
  for (const callbacks of groups) {
    for (const callback of callbacks) {
      callbacks.delete(callback);
      try {
        callback();
      } catch (error) {
        errors.push(error);
      }
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, 'Several alarms of one moment have failed');
}
