import type { Duplex } from 'node:stream';
import { dataFrame } from './frames.ts';

/** The longest payload of a DATA frame that is sent, in bytes; what Go's `io.Copy` sends. */
const MAX_PAYLOAD = 32 * 1024;

/** Called when more may be sent, or with the reason why nothing can be sent any more. */
export type Roomy = (error?: Error) => void;

/** Writes frames to a carrier, and holds back whoever sends more than the client takes. */
export class FrameWriter {
  readonly #carrier: Duplex;
  #waiting: Roomy[] = [];

  constructor(carrier: Duplex) {
    this.#carrier = carrier;
    carrier.on('drain', () => this.#release());
  }

  /** Sends a frame. `false` means: wait with the next one, see {@link whenRoomy}. On a carrier that has ended it goes nowhere. */
  send(frame: Buffer): boolean {
    return !this.#carrier.writable || this.#carrier.write(frame);
  }

  /** Sends the bytes of a stream, in frames of at most 32 KiB; `roomy` is called when more may come. */
  sendData({ streamId, bytes }: { streamId: number; bytes: Buffer }, roomy: Roomy): void {
    let hasRoom = true;
    for (let offset = 0; offset < bytes.length; offset += MAX_PAYLOAD) {
      hasRoom = this.send(dataFrame({ streamId, payload: bytes.subarray(offset, offset + MAX_PAYLOAD), fin: false }));
    }
    if (hasRoom) roomy();
    else this.whenRoomy(roomy);
  }

  /** Calls back once the client has taken what was sent. To be called only after `send` returned `false`. */
  whenRoomy(roomy: Roomy): void {
    this.#waiting.push(roomy);
  }

  /** The carrier is gone: everyone who waits hears this error. */
  fail(error: Error): void {
    this.#release(error);
  }

  #release(error?: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const roomy of waiting) roomy(error);
  }
}
