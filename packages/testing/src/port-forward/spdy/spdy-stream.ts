import { Duplex } from 'node:stream';
import type { SpdyHeaders } from './header-inflater.ts';

/** What a stream asks of its session. */
export interface StreamWire {
  /** Sends bytes; `done` is called when more may be sent. */
  sendData(bytes: Buffer, done: (error?: Error | null) => void): void;
  sendFin(): void;
  sendReset(status: number): void;
  /** The stream holds enough: the session stops reading, for every stream. */
  stall(): void;
  /** The stream has room again. */
  unstall(): void;
}

/** How much a stream holds in each direction before it stalls, in bytes. */
const BUFFER_SIZE = 64 * 1024;

/**
 * One stream of a session, seen from the server: what the client sends is read from it, what is written goes to the client, and the end
 * in each direction is a FIN. A reset by the client closes it without an `end`.
 */
export class SpdyStream extends Duplex {
  readonly id: number;
  readonly headers: SpdyHeaders;
  readonly #wire: StreamWire;
  #silent = false;
  #ended = false;

  constructor({ id, headers, wire }: { id: number; headers: SpdyHeaders; wire: StreamWire }) {
    super({ allowHalfOpen: true, highWaterMark: BUFFER_SIZE });
    this.id = id;
    this.headers = headers;
    this.#wire = wire;
  }

  /** The session got bytes of this stream; after its FIN they are dropped. */
  receive(bytes: Buffer): void {
    if (bytes.length > 0 && !this.#ended && !this.destroyed && !this.push(bytes)) this.#wire.stall();
  }

  /** The session got the FIN of this stream. */
  receiveEnd(): void {
    if (this.#ended || this.destroyed) return;
    this.#ended = true;
    this.push(null);
  }

  /** The client reset this stream, or the session is over: nothing more can be sent. */
  abandon(): void {
    this.#silent = true;
    this.destroy();
  }

  /** Ends the stream in both directions at once. */
  reset(status: number): void {
    if (this.#silent) return;
    this.#silent = true;
    this.#wire.sendReset(status);
    this.destroy();
  }

  override _read(): void {
    this.#wire.unstall();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#wire.sendData(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#wire.sendFin();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#wire.unstall();
    done(error);
  }
}
