import { Duplex } from 'node:stream';
import type { ForwardedConnection } from './forwarded-connection.ts';
import type { PortForwardBehaviour } from './port-forward-behaviour.ts';

/** What a {@link PodConnection} joins. */
export interface PodConnectionOptions {
  readonly client: ForwardedConnection;
  readonly behaviour: PortForwardBehaviour;
  /** The text for the client when the pod resets the connection. */
  readonly resetText: string;
}

/** How much is held in each direction, in bytes. */
const BUFFER_SIZE = 64 * 1024;

/**
 * The pod's end of one forwarded connection: what a handler gets. It stands where the container runtime stands in a
 * real cluster.
 */
export class PodConnection extends Duplex {
  readonly #client: ForwardedConnection;
  readonly #behaviour: PortForwardBehaviour;
  readonly #resetText: string;
  #clientEnded = false;
  #podEnded = false;
  /** The client was told, or is gone: nothing more can be said. */
  #over = false;
  #cut: NodeJS.Timeout | undefined;

  constructor({ client, behaviour, resetText }: PodConnectionOptions) {
    super({ allowHalfOpen: true, highWaterMark: BUFFER_SIZE });
    this.#client = client;
    this.#behaviour = behaviour;
    this.#resetText = resetText;
    // A handler need not listen: its own reset is told to the client, and the client's is no failure of the test.
    this.on('error', () => {});
    client.data.on('data', (chunk: Buffer) => {
      if (!this.destroyed && !this.push(chunk)) client.data.pause();
    });
    client.data.once('end', () => this.#onClientEnd());
    client.data.once('close', () => this.#onClientClosed());
  }

  override _read(): void {
    this.#client.data.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#client.data.writable) this.#client.data.write(chunk, done);
    else done(failure('write EPIPE', 'EPIPE'));
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#podEnded = true;
    this.#settle();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#cut);
    const over = this.#over;
    this.#over = true;
    if (!over && error) this.#client.fail(this.#resetText);
    else if (!over) this.#client.complete();
    // The pod reads no more: what still comes is dropped, as the kernel does for a closed socket.
    this.#client.data.resume();
    done(error);
  }

  #onClientEnd(): void {
    this.#clientEnded = true;
    if (this.#behaviour.halfClose && !this.destroyed) this.push(null);
    this.#settle();
  }

  #onClientClosed(): void {
    if (this.#over) return;
    this.#over = true;
    this.#client.complete();
    this.destroy(this.#podEnded ? undefined : failure('read ECONNRESET', 'ECONNRESET'));
  }

  #settle(): void {
    if (this.#over) return;
    const { halfClose, closeLagMs } = this.#behaviour;
    if (this.#clientEnded && this.#podEnded) this.#complete();
    else if (!halfClose || closeLagMs > 0) this.#cut ??= setTimeout(() => this.destroy(), closeLagMs);
    else if (this.#podEnded) this.#client.data.end();
  }

  #complete(): void {
    clearTimeout(this.#cut);
    this.#over = true;
    this.#client.complete();
    // Without half-close the handler never reads an end, which alone would close this stream.
    if (!this.#behaviour.halfClose) this.destroy();
  }
}

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
