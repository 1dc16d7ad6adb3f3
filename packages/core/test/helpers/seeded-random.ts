/** Numbers that look random and come again with the same seed (mulberry32). */
export class SeededRandom {
  readonly seed: number;
  #state: number;

  /** `KFORGE_TEST_SEED` repeats a run; without it each run has a seed of its own. */
  constructor(seed: number = Number(process.env.KFORGE_TEST_SEED ?? Date.now()) >>> 0) {
    this.seed = seed;
    this.#state = seed;
  }

  /** An integer from 0 up to, and without, `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  /** A copy in which up to `count` bytes are others. */
  damage(bytes: Buffer, count: number): Buffer {
    const damaged = Buffer.from(bytes);
    for (let i = 0; i < count; i++) damaged[this.below(damaged.length)] = this.below(256);
    return damaged;
  }

  /** Cuts bytes into pieces of random lengths. */
  cut(bytes: Buffer): Buffer[] {
    const pieces: Buffer[] = [];
    for (let start = 0; start < bytes.length; ) {
      const end = Math.min(bytes.length, start + 1 + this.below(40));
      pieces.push(bytes.subarray(start, end));
      start = end;
    }
    return pieces;
  }
}
