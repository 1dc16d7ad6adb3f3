import type { Clock } from './clock.ts';

interface Alarm {
  readonly at: number;
  /** Breaks ties: alarms of one moment ring in the order in which they were set. */
  readonly number: number;
  readonly callback: () => void;
}

/**
 * A clock that stands still until a test moves it. What happens in a cluster at one moment happens in the same order in every run.
 *
 * @example
 * const clock = new FakeClock();
 * await using cluster = await SimulatedCluster.start({ clock });
 * clock.advance(30_000);
 */
export class FakeClock implements Clock {
  readonly #alarms = new Set<Alarm>();
  #now: number;
  #numbers = 0;

  /** @param options `now`: where it begins, in milliseconds since the epoch; by default the present, in whole seconds. */
  constructor({ now = Math.floor(Date.now() / 1000) * 1000 }: { readonly now?: number } = {}) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delayMs: number): () => void {
    this.#numbers += 1;
    const alarm: Alarm = { at: this.#now + Math.max(0, delayMs), number: this.#numbers, callback };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** How many calls are waiting. */
  get waiting(): number {
    return this.#alarms.size;
  }

  /**
   * Moves the time on and makes every call that falls due, those that are set meanwhile too. All of it has happened when this returns.
   *
   * @throws RangeError for a step backwards, and what a call throws: then the clock stands at its moment.
   */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`A clock goes forward only: ${ms} ms`);
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#alarms.delete(next);
      this.#now = next.at;
      next.callback();
    }
    // A call may have moved the time itself.
    this.#now = Math.max(this.#now, end);
  }

  #next(until: number): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (alarm.at > until) continue;
      if (!first || alarm.at < first.at || (alarm.at === first.at && alarm.number < first.number)) first = alarm;
    }
    return first;
  }
}
