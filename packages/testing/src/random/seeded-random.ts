import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers that are the same for the same seed, on every machine. */
export class SeededRandom {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  /** @param from a seed, of which the lower 32 bits count, or a generator to go on from without moving it */
  constructor(from: number | SeededRandom) {
    this.#generator = typeof from === 'number' ? xoroshiro128plus(from) : from.#generator.clone();
  }

  /** A whole number, both ends included. */
  integer(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  /** A number from 0 up to but not including 1. */
  fraction(): number {
    return uniformFloat64(this.#generator);
  }

  /** One of the items. @throws RangeError when there is none. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('There is nothing to pick from');
    return items[this.integer(0, items.length - 1)] as T;
  }
}
