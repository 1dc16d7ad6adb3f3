import { Duplex } from 'node:stream';
import type { Clock } from '../../clock/clock.ts';
import { cutSocket } from '../cut-socket.ts';
import { Lane } from '../lane.ts';

/** What a {@link ShapedSocket} stands on. */
export interface ShapedSocketOptions {
  /** Owned: destroyed with this. */
  readonly socket: Duplex;
  /** Bytes that were read from the socket already. */
  readonly head: Buffer;
  readonly clock: Clock;
}

/**
 * A socket between whose ends things can go wrong: each direction is a {@link Lane}. While nothing is wrong, bytes, ends, errors and
 * back-pressure pass through as they come.
 */
export class ShapedSocket extends Duplex {
  readonly toClient: Lane;
  readonly toServer: Lane;
  readonly #socket: Duplex;
  #ended = false;
  #closed = false;
  #wanted: (() => void) | undefined;
  #roomy: (() => void)[] = [];

  constructor({ socket, head, clock }: ShapedSocketOptions) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.toClient = new Lane({
      clock,
      pass: (bytes, done) => this.#send(bytes, done),
      end: () => socket.end(),
      cut: () => cutSocket({ socket, clock }),
    });
    this.toServer = new Lane({
      clock,
      pass: (bytes, done) => this.#receive(bytes, done),
      end: () => this.push(null),
      // What the client gets has nothing to do with it, and may take for ever to go.
      cut: () => this.destroy(),
    });
    // A client that resets its connection is no failure of the server; the close follows either way.
    this.on('error', () => undefined);
    if (head.length > 0) socket.unshift(head);
    this.#listen();
  }

  override _read(): void {
    const wanted = this.#wanted;
    this.#wanted = undefined;
    wanted?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.toClient.take(chunk, done);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: () => void): void {
    const [first, ...others] = chunks;
    if (first && others.length === 0) {
      this.toClient.take(first.chunk, done);
      return;
    }
    this.#socket.cork();
    let left = chunks.length;
    for (const { chunk } of chunks) {
      this.toClient.take(chunk, () => {
        left -= 1;
        if (left === 0) done();
      });
    }
    this.#socket.uncork();
  }

  override _final(done: (error?: Error | null) => void): void {
    const socket = this.#socket;
    if (socket.destroyed || socket.writableFinished) {
      done();
      return;
    }
    socket.once('finish', done);
    this.toClient.takeEnd();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.toClient.close();
    this.toServer.close();
    if (this.#closed) {
      done(error);
      return;
    }
    this.#socket.once('close', () => done(error));
    this.#socket.destroy();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('data', (bytes: Buffer) => {
      let hasRoom = false;
      let isPaused = false;
      this.toServer.take(bytes, () => {
        hasRoom = true;
        if (isPaused) socket.resume();
      });
      if (hasRoom) return;
      isPaused = true;
      socket.pause();
    });
    socket.on('drain', () => {
      const roomy = this.#roomy;
      this.#roomy = [];
      for (const done of roomy) done();
    });
    socket.once('end', () => {
      this.#ended = true;
      this.toServer.takeEnd();
    });
    socket.on('error', (error) => this.destroy(error));
    // `closed` of a TLS socket may still be false when this is emitted.
    socket.once('close', () => {
      this.#closed = true;
      // After an end in both directions what was received may still be read.
      if (!this.#ended || !this.writableFinished) this.destroy();
    });
  }

  #send(bytes: Buffer, done: () => void): void {
    // Without a reader of its error, a write on a socket that is gone would end the process; its close follows.
    if (!this.#socket.writable) return;
    if (this.#socket.write(bytes)) done();
    else this.#roomy.push(done);
  }

  #receive(bytes: Buffer, done: () => void): void {
    if (this.push(bytes)) done();
    else this.#wanted = done;
  }
}
