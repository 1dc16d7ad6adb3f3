import type { KforgeError } from '../../errors/kforge-error.ts';
import { ProtocolViolationError, TunnelClosedError } from '../../errors/transport-errors.ts';
import type { OpenStreamOptions, Tunnel, TunnelCapabilities, TunnelHealth, TunnelStream } from '../tunnel.ts';
import type { WebSocketChannel } from '../websocket/websocket-channel.ts';
import { LegacyStream, type LegacyStreamTunnel } from './legacy-stream.ts';

const DATA_CHANNEL = 0;
const ERROR_CHANNEL = 1;
/** The server's first message on each channel is the port, as two bytes little-endian. */
const PORT_BYTES = 2;
const CLOSE_LIMIT_MS = 300;
const NORMAL_CLOSE = 1000;

/**
 * A `v4.channel.k8s.io` WebSocket: one connection to the one port that it was dialled for, each message led by a byte that names the
 * channel (0 data, 1 error). It is what every API server since 1.6 speaks; it has no half-close and no pings that tell anything.
 */
export class LegacyTunnel implements Tunnel, LegacyStreamTunnel {
  readonly carrier = 'legacy-websocket' as const;
  readonly capabilities: TunnelCapabilities = { halfClose: false, manyStreams: false, ping: false };
  readonly ended: AbortSignal;
  readonly port: number;
  readonly #channel: WebSocketChannel;
  readonly #controller = new AbortController();
  readonly #closed = Promise.withResolvers<void>();
  readonly #portBytesLeft: [number, number] = [PORT_BYTES, PORT_BYTES];
  #messageChannel = DATA_CHANNEL;
  #stream: LegacyStream | undefined;
  /** What came before the stream had an owner. */
  #early: { readonly channel: number; readonly bytes: Buffer }[] = [];
  #lastReceivedAt: number = performance.now();
  #writeBlockedSince: number | undefined;
  #readPausedSince: number | undefined;
  #endReason: KforgeError | undefined;

  constructor(options: { readonly channel: WebSocketChannel; readonly port: number }) {
    this.port = options.port;
    this.#channel = options.channel;
    this.ended = this.#controller.signal;
    options.channel.start({
      onBytes: () => undefined,
      onPiece: (piece, isStart) => this.#onPiece(piece, isStart),
      onDrain: () => {
        this.#writeBlockedSince = undefined;
        this.#stream?.drained();
      },
      onClose: (error) => this.#onClose(error),
    });
  }

  get health(): TunnelHealth {
    const streams = this.#stream && !this.#stream.isClosed ? 1 : 0;
    return {
      activeStreams: streams,
      openStreams: streams,
      lastReceivedAt: this.#lastReceivedAt,
      writeBlockedSince: this.#writeBlockedSince,
      readPausedSince: this.#readPausedSince,
      resetBlockedSince: undefined,
      sentSinceReceived: 0,
      unacknowledgedSince: undefined,
    };
  }

  openStream(options: OpenStreamOptions): TunnelStream {
    if (this.ended.aborted) throw this.ended.reason;
    if (this.#stream)
      throw new TunnelClosedError({ message: 'A legacy WebSocket carries one connection, and it has one' });
    if (options.port !== this.port) {
      throw new TunnelClosedError({
        message: `This WebSocket leads to port ${this.port}, not to port ${options.port}`,
      });
    }
    const stream = new LegacyStream({ tunnel: this, port: options.port, handlers: options.handlers });
    this.#stream = stream;
    const early = this.#early.splice(0);
    if (early.length > 0) {
      queueMicrotask(() => {
        for (const { channel, bytes } of early) deliver(stream, channel, bytes);
        this.pauseReading(false);
      });
    }
    return stream;
  }

  ping(): Promise<number> {
    return Promise.reject(
      new TunnelClosedError({ message: 'A legacy WebSocket answers no pings while the pod is slow' }),
    );
  }

  destroy(reason?: KforgeError): void {
    this.#endReason ??= reason;
    this.#channel.destroy();
  }

  close(): Promise<void> {
    this.#channel.end();
    const timer = setTimeout(() => this.#channel.destroy(), CLOSE_LIMIT_MS);
    return this.#closed.promise.finally(() => clearTimeout(timer));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  sendData(chunk: Buffer): boolean {
    const flowing = this.#channel.send(Buffer.of(DATA_CHANNEL), chunk);
    if (!flowing) this.#writeBlockedSince ??= performance.now();
    return flowing;
  }

  pauseReading(isPaused: boolean): void {
    if (isPaused === (this.#readPausedSince !== undefined)) return;
    this.#readPausedSince = isPaused ? performance.now() : undefined;
    if (isPaused) this.#channel.pause();
    else this.#channel.resume();
  }

  onStreamOver(options: { readonly isReset: boolean }): void {
    this.pauseReading(false);
    if (options.isReset) this.#channel.destroy();
    else this.#channel.end();
  }

  #onPiece(piece: Buffer, isStart: boolean): void {
    this.#lastReceivedAt = performance.now();
    let rest = piece;
    if (isStart) {
      this.#messageChannel = rest[0] as number;
      if (this.#messageChannel > ERROR_CHANNEL) {
        throw new ProtocolViolationError({
          message: `The cluster used channel ${this.#messageChannel}, which was not asked for`,
        });
      }
      rest = rest.subarray(1);
    }
    rest = this.#skipPortBytes(rest);
    if (rest.length === 0) return;
    if (this.#stream) {
      deliver(this.#stream, this.#messageChannel, rest);
      return;
    }
    // A server that speaks first may speak before its stream has an owner.
    this.#early.push({ channel: this.#messageChannel, bytes: rest });
    this.pauseReading(true);
  }

  #skipPortBytes(bytes: Buffer): Buffer {
    const channel = this.#messageChannel as 0 | 1;
    const skipped = Math.min(this.#portBytesLeft[channel], bytes.length);
    this.#portBytesLeft[channel] -= skipped;
    return bytes.subarray(skipped);
  }

  #onClose(error: KforgeError | undefined): void {
    const inOrder = error instanceof TunnelClosedError && error.closeCode === NORMAL_CLOSE;
    const reason = this.#endReason ?? error ?? new TunnelClosedError({ message: 'The tunnel was closed' });
    this.#controller.abort(reason);
    this.#stream?.receiveEnd(inOrder ? undefined : reason);
    this.#closed.resolve();
  }
}

function deliver(stream: LegacyStream, channel: number, bytes: Buffer): void {
  if (channel === ERROR_CHANNEL) stream.receiveError(bytes);
  else stream.receiveData(bytes);
}
