import type { Clock } from '../clock/clock.ts';

/** What is wrong with one direction of a connection. Several add up: delays are summed, the lowest limit counts, any block blocks. */
export interface LaneShape {
  /** How much later everything arrives, in milliseconds. */
  readonly delayMs?: number | undefined;
  readonly bytesPerSecond?: number | undefined;
  /** Nothing moves. */
  readonly blocked?: boolean | undefined;
  /** So many bytes still pass; then the lane is cut. */
  readonly cutAfterBytes?: number | undefined;
}

/** What a {@link Lane} leads to. */
export interface LaneOptions {
  readonly clock: Clock;
  /** Passes bytes on; `done` is to be called when more may come. */
  readonly pass: (bytes: Buffer, done: () => void) => void;
  /** Passes the end on. */
  readonly end: () => void;
  /** A cut has come, and everything before it was passed on. */
  readonly cut: () => void;
  /** Everything that was held is on its way. */
  readonly onIdle?: () => void;
}

interface Held {
  /** `undefined`: the end of the lane. */
  bytes: Buffer | undefined;
  readonly since: number;
  done: (() => void) | undefined;
}

/** What a delayed lane takes before it holds back who sends, in bytes: a delay alone must not be a limit as well. */
const DELAY_WINDOW = 1024 * 1024;
/** How many times a second a limited lane moves. */
const TICKS = 50;

/** One direction of a connection, in its order. Without a shape it passes everything on at once and costs a call. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #shapes = new Map<LaneShape, { passed: number }>();
  readonly #queue: Held[] = [];
  #heldBytes = 0;
  #delayMs = 0;
  #bytesPerSecond = Number.POSITIVE_INFINITY;
  #blocked = false;
  /** When the limit lets the next bytes go, on the clock. */
  #freeAt = 0;
  #passing = false;
  #closed = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** How many bytes are held back. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Adds a shape, until {@link unshape}. */
  shape(shape: LaneShape): void {
    if (this.#closed) return;
    this.#shapes.set(shape, { passed: 0 });
    this.#settle();
  }

  /** Takes a shape away; without any, everything that is held moves on. */
  unshape(shape: LaneShape): void {
    if (this.#shapes.delete(shape)) this.#settle();
  }

  /** Takes bytes; `done` is called when more may come. */
  take(bytes: Buffer, done: () => void): void {
    if (this.#closed) return;
    if (this.#shapes.size === 0 && this.#queue.length === 0 && !this.#passing) {
      this.#options.pass(bytes, done);
      return;
    }
    this.#heldBytes += bytes.length;
    const early = this.#delayMs > 0 && this.#heldBytes <= DELAY_WINDOW;
    this.#queue.push({ bytes, since: this.#options.clock.now(), done: early ? undefined : done });
    this.#move();
    if (early) done();
  }

  /** Takes the end, which comes after everything that was taken before. */
  takeEnd(): void {
    if (this.#closed) return;
    this.#queue.push({ bytes: undefined, since: this.#options.clock.now(), done: undefined });
    this.#move();
  }

  /** The connection is over: what is held is dropped. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#shapes.clear();
    this.#queue.length = 0;
    this.#heldBytes = 0;
  }

  #settle(): void {
    const shapes = [...this.#shapes.keys()];
    this.#delayMs = shapes.reduce((sum, { delayMs = 0 }) => sum + delayMs, 0);
    this.#bytesPerSecond = Math.min(...shapes.map(({ bytesPerSecond }) => bytesPerSecond ?? Number.POSITIVE_INFINITY));
    this.#blocked = shapes.some(({ blocked }) => blocked === true);
    if (this.#bytesPerSecond === Number.POSITIVE_INFINITY) this.#freeAt = 0;
    this.#move();
  }

  #move(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    while (!this.#closed && !this.#blocked && !this.#passing) {
      if (this.#allowance() === 0) {
        this.close();
        this.#options.cut();
        return;
      }
      const next = this.#queue[0];
      if (!next) return;
      const waitMs = Math.max(next.since + this.#delayMs, this.#freeAt) - this.#options.clock.now();
      if (waitMs > 0) {
        this.#cancelTimer = this.#options.clock.setTimeout(() => this.#move(), waitMs);
        return;
      }
      this.#passFirst(next);
    }
  }

  #passFirst(next: Held): void {
    if (next.bytes === undefined) {
      this.#queue.shift();
      this.#options.end();
      return;
    }
    const piece = next.bytes.subarray(0, Math.min(this.#allowance(), Math.max(1, this.#bytesPerSecond / TICKS)));
    this.#count(piece.length);
    if (piece.length === next.bytes.length) this.#queue.shift();
    else next.bytes = next.bytes.subarray(piece.length);
    this.#passing = true;
    let atOnce = true;
    this.#options.pass(piece, () => {
      this.#passing = false;
      if (this.#closed) return;
      if (this.#queue[0] !== next) next.done?.();
      if (this.#queue.length === 0) this.#options.onIdle?.();
      // Whoever called is in a loop already; calling each other would cost a stack frame for every piece.
      if (!atOnce) this.#move();
    });
    atOnce = false;
  }

  #count(bytes: number): void {
    this.#heldBytes -= bytes;
    for (const used of this.#shapes.values()) used.passed += bytes;
    if (!Number.isFinite(this.#bytesPerSecond)) return;
    this.#freeAt = Math.max(this.#freeAt, this.#options.clock.now()) + (bytes * 1000) / this.#bytesPerSecond;
  }

  /** How many bytes pass before the next cut. */
  #allowance(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const [{ cutAfterBytes = least }, { passed }] of this.#shapes) least = Math.min(least, cutAfterBytes - passed);
    return least;
  }
}
