import type { KforgeError } from '../../errors/kforge-error.ts';
import { ReceiveBuffer } from '../receive-buffer.ts';
import { MAX_ERROR_TEXT, streamErrorFromText } from '../stream-error.ts';
import type { StreamHandlers, TunnelStream } from '../tunnel.ts';

/** What the one stream of a legacy tunnel needs of it. */
export interface LegacyStreamTunnel {
  sendData(chunk: Buffer): boolean;
  pauseReading(isPaused: boolean): void;
  /** The stream is over, and so is its tunnel: what is queued is still sent, unless the stream was reset. */
  onStreamOver(options: { readonly isReset: boolean }): void;
}

/** The one connection that a legacy WebSocket carries. It has no half-close: ending one direction ends both. */
export class LegacyStream implements TunnelStream {
  readonly #tunnel: LegacyStreamTunnel;
  readonly #handlers: StreamHandlers;
  readonly #port: number;
  readonly #received = new ReceiveBuffer();
  #errorText = '';
  #paused = false;
  #closed = false;
  #remoteEnded: { readonly error: KforgeError | undefined } | undefined;

  constructor(options: {
    readonly tunnel: LegacyStreamTunnel;
    readonly port: number;
    readonly handlers: StreamHandlers;
  }) {
    this.#tunnel = options.tunnel;
    this.#port = options.port;
    this.#handlers = options.handlers;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  write(chunk: Buffer): boolean {
    return this.#closed ? true : this.#tunnel.sendData(chunk);
  }

  end(): void {
    this.#close(undefined);
  }

  reset(): void {
    this.#finish({ isReset: true });
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#received.flush({
      isWanted: () => !this.#paused && !this.#closed,
      deliver: (chunk) => this.#handlers.onData(chunk),
    });
    this.#tunnel.pauseReading(this.#received.isFull);
    this.#finishWhenEmpty();
  }

  receiveData(chunk: Buffer): void {
    if (this.#closed) return;
    if (!this.#paused && this.#received.isEmpty) {
      this.#handlers.onData(chunk);
      return;
    }
    this.#received.push(chunk);
    if (this.#received.isFull) this.#tunnel.pauseReading(true);
  }

  receiveError(chunk: Buffer): void {
    const room = MAX_ERROR_TEXT - this.#errorText.length;
    if (room > 0) this.#errorText += chunk.toString('utf8', 0, Math.min(room, chunk.length));
  }

  drained(): void {
    if (!this.#closed) this.#handlers.onDrain();
  }

  /** The WebSocket has closed; what was received and not read yet is still delivered. */
  receiveEnd(error: KforgeError | undefined): void {
    const failure = this.#errorText === '' ? error : streamErrorFromText(this.#errorText, this.#port);
    this.#remoteEnded = { error: failure };
    this.#finishWhenEmpty();
  }

  #finishWhenEmpty(): void {
    if (!this.#remoteEnded || this.#closed || !this.#received.isEmpty) return;
    if (!this.#remoteEnded.error) this.#handlers.onEnd();
    this.#close(this.#remoteEnded.error);
  }

  #close(error: KforgeError | undefined): void {
    if (this.#closed) return;
    this.#finish({ isReset: false });
    this.#handlers.onClose(error);
  }

  #finish(options: { readonly isReset: boolean }): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#received.clear();
    this.#tunnel.onStreamOver(options);
  }
}
