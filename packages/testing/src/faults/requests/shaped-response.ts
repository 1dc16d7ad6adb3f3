import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock/clock.ts';
import { cutSocket } from '../cut-socket.ts';
import { Lane, type LaneShape } from '../lane.ts';

type Done = (error?: Error | null) => void;

/** An answer whose body can be slowed down, cut short or lost while it is sent. Untouched it is a plain `ServerResponse`. */
export class ShapedResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #lane: Lane | undefined;
  #lost = false;
  #over = false;

  /** How many bytes of the body are held back; they come on top of `writableLength`. */
  get heldBytes(): number {
    return this.#lane?.heldBytes ?? 0;
  }

  /**
   * Shapes the body, by its bytes as they are before chunking. What it holds is dropped when the connection closes.
   *
   * @returns a function that takes the shape away
   */
  shape(shape: LaneShape, { clock }: { readonly clock: Clock }): () => void {
    this.#lane ??= this.#createLane(clock);
    const lane = this.#lane;
    lane.shape(shape);
    return () => lane.unshape(shape);
  }

  /** Whatever is answered gets lost: instead of the first byte, the connection is destroyed. */
  lose(): void {
    this.#lost = true;
  }

  override flushHeaders(): void {
    if (!this.#isLost()) super.flushHeaders();
  }

  /** After {@link end} it does nothing, as long as the end is held back. */
  override write(chunk: string | Uint8Array, encodingOrDone?: BufferEncoding | Done, done?: Done): boolean {
    if (this.#isLost() || this.#over) return false;
    if (!this.#lane) return super.write(chunk, encodingOrDone as BufferEncoding, done);
    const written = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    this.#lane.take(bytesOf(chunk, encodingOrDone), () => written?.());
    return this.#lane.heldBytes === 0;
  }

  override end(chunk?: unknown, encodingOrDone?: unknown, done?: () => void): this {
    if (this.#isLost() || this.#over) return this;
    if (!this.#lane) return super.end(chunk, encodingOrDone as BufferEncoding, done);
    this.#over = true;
    const finished = [chunk, encodingOrDone, done].find((one) => typeof one === 'function') as (() => void) | undefined;
    if (finished) this.once('finish', finished);
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
      this.#lane.take(bytesOf(chunk, encodingOrDone), () => undefined);
    }
    this.#lane.takeEnd();
    return this;
  }

  #isLost(): boolean {
    if (this.#lost) this.destroy();
    return this.#lost;
  }

  #createLane(clock: Clock): Lane {
    const lane = new Lane({
      clock,
      pass: (bytes, done) => {
        super.write(bytes);
        done();
      },
      end: () => super.end(),
      cut: () => this.#cut(clock),
      onIdle: () => this.emit('drain'),
    });
    this.once('close', () => lane.close());
    return lane;
  }

  #cut(clock: Clock): void {
    // A cut before the first byte of the body still comes after the head.
    super.flushHeaders();
    const { socket } = this;
    if (socket) cutSocket({ socket, clock });
  }
}

function bytesOf(chunk: string | Uint8Array, encoding: unknown): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, (encoding ?? 'utf8') as BufferEncoding);
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
