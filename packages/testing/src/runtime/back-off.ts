/** The first wait, in milliseconds. */
const FIRST_MS = 10_000;
/** The longest wait, in milliseconds. */
const LONGEST_MS = 300_000;

/** How long the kubelet waits before it tries again what failed: 10 s, then twice as long each time, at most 300 s. */
export class BackOff {
  #waitMs = 0;

  /** The wait before the next try, in milliseconds; 0 before the first failure. */
  get waitMs(): number {
    return this.#waitMs;
  }

  /** Makes the next wait longer. */
  grow(): void {
    this.#waitMs = this.#waitMs === 0 ? FIRST_MS : Math.min(LONGEST_MS, this.#waitMs * 2);
  }

  /** Forgets the failures when what failed had worked for more than 10 minutes. */
  forgetAfter(workedMs: number): void {
    if (workedMs > 2 * LONGEST_MS) this.#waitMs = 0;
  }
}

/** A duration as Go writes it: `40s`, `1m20s`, `5m0s`. */
export function goDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const seconds = (ms % 60_000) / 1000;
  return ms < 60_000 ? `${seconds}s` : `${Math.floor(ms / 60_000)}m${seconds}s`;
}
