import type { Clock } from './clock.ts';

/** The longest delay that Node's timers take, in milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The time of this machine. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  setTimeout(callback: () => void, delayMs: number): () => void {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_DELAY_MS)).unref();
    return () => clearTimeout(timer);
  }
}
