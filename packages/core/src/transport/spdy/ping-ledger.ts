import type { KforgeError } from '../../errors/kforge-error.ts';

interface PendingPing {
  readonly sentAt: number;
  readonly answered: PromiseWithResolvers<number>;
}

const HIGHEST_ID = 0xffff_ffff;

/** The pings of a client that wait for their answer. A client's ids are odd (SPDY/3 draft §2.6.5). */
export class PingLedger {
  readonly #pending = new Map<number, PendingPing>();
  #nextId = 1;

  /** Enters a ping that is about to be sent; the answer resolves with the round trip in milliseconds. */
  enter(): { readonly id: number; readonly answer: Promise<number> } {
    const id = this.#nextId;
    this.#nextId = id + 2 > HIGHEST_ID ? 1 : id + 2;
    const answered = Promise.withResolvers<number>();
    this.#pending.set(id, { sentAt: performance.now(), answered });
    return { id, answer: answered.promise };
  }

  /** The peer sent a ping back; one that nobody waits for means nothing. */
  settle(id: number): void {
    const ping = this.#pending.get(id);
    this.#pending.delete(id);
    ping?.answered.resolve(performance.now() - ping.sentAt);
  }

  /** Nothing will be answered any more. */
  rejectAll(error: KforgeError): void {
    for (const { answered } of this.#pending.values()) answered.reject(error);
    this.#pending.clear();
  }
}
