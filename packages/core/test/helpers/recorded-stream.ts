import type { KforgeError } from '../../src/errors/kforge-error.ts';
import type { StreamHandlers, Tunnel, TunnelStream } from '../../src/transport/tunnel.ts';

/** A stream that writes down what it is told, and can be waited for. */
export class RecordedStream implements StreamHandlers {
  readonly stream: TunnelStream;
  readonly ended: Promise<void>;
  readonly closed: Promise<KforgeError | undefined>;
  readonly #ended = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<KforgeError | undefined>();
  #chunks: Buffer[] = [];
  #size = 0;
  #waiting: { readonly size: number; readonly reached: PromiseWithResolvers<void> } | undefined;
  #drained = Promise.withResolvers<void>();

  constructor(tunnel: Tunnel, port: number) {
    this.ended = this.#ended.promise;
    this.closed = this.#closed.promise;
    this.stream = tunnel.openStream({ port, handlers: this });
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Waits until so many bytes have come in all. */
  async receive(size: number): Promise<Buffer> {
    if (this.#size < size) {
      this.#waiting = { size, reached: Promise.withResolvers() };
      await Promise.race([this.#waiting.reached.promise, this.#closed.promise]);
    }
    return this.bytes;
  }

  /** Writes a copy of the bytes, and waits for room where there is none. */
  async send(bytes: Buffer | string): Promise<void> {
    if (this.stream.write(Buffer.from(bytes))) return;
    this.#drained = Promise.withResolvers();
    await Promise.race([this.#drained.promise, this.#closed.promise]);
  }

  onData(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#waiting && this.#size >= this.#waiting.size) this.#waiting.reached.resolve();
  }

  onEnd(): void {
    this.#ended.resolve();
  }

  onDrain(): void {
    this.#drained.resolve();
  }

  onClose(error: KforgeError | undefined): void {
    this.#closed.resolve(error);
  }
}
