/** What a {@link ReadGate} opens and shuts: a stream or a WebSocket. */
export interface Pausable {
  pause(): void;
  resume(): void;
}

/** Stops reading from a carrier while anyone has a reason to. */
export class ReadGate<Reason> {
  readonly #carrier: Pausable;
  readonly #reasons = new Set<Reason>();

  constructor(carrier: Pausable) {
    this.#carrier = carrier;
  }

  /** Nothing more is read until this reason is gone. */
  hold(reason: Reason): void {
    this.#reasons.add(reason);
    this.#carrier.pause();
  }

  /** Takes a reason away; without any left, reading goes on. */
  release(reason: Reason): void {
    if (this.#reasons.delete(reason) && this.#reasons.size === 0) this.#carrier.resume();
  }
}
