import type { KforgeError } from '../../errors/kforge-error.ts';
import { ProtocolViolationError, TunnelClosedError } from '../../errors/transport-errors.ts';
import type { Carrier } from '../../model/forward-info.ts';
import type { ByteChannel } from '../byte-channel.ts';
import type { OpenStreamOptions, Tunnel, TunnelCapabilities, TunnelHealth, TunnelStream } from '../tunnel.ts';
import { SpdyFrameParser } from './frame-parser.ts';
import { dataHeader, pingFrame, rstStreamFrame, STATUS_CANCEL } from './frames.ts';
import { PingLedger } from './ping-ledger.ts';
import { SpdyStream, type SpdyStreamSession } from './spdy-stream.ts';
import { StreamOpener } from './stream-opener.ts';

/** What a session stands on. */
export interface SpdySessionOptions {
  readonly carrier: Carrier;
  readonly channel: ByteChannel;
}

/** How long a tunnel that ends in order may take to send what is queued, in milliseconds. */
const CLOSE_LIMIT_MS = 300;

/**
 * A SPDY/3.1 session as the port-forward endpoint of Kubernetes speaks it, client side: pairs of streams, pings, no flow control
 * (moby/spdystream ignores windows). The same session runs raw and inside a WebSocket (KEP-4006).
 */
export class SpdySession implements Tunnel, SpdyStreamSession {
  readonly carrier: Carrier;
  readonly capabilities: TunnelCapabilities = { halfClose: true, manyStreams: true, ping: true };
  readonly ended: AbortSignal;
  readonly #channel: ByteChannel;
  readonly #controller = new AbortController();
  readonly #closed = Promise.withResolvers<void>();
  readonly #opener = new StreamOpener();
  /** Both streams of a pair, by id. */
  readonly #streams = new Map<number, SpdyStream>();
  readonly #full = new Set<SpdyStream>();
  readonly #unacknowledged = new Map<number, number>();
  readonly #pings = new PingLedger();
  #activeStreams = 0;
  #lastReceivedAt: number = performance.now();
  #writeBlockedSince: number | undefined;
  #readPausedSince: number | undefined;
  #resetBlockedSince: number | undefined;
  #sentSinceReceived = 0;
  #endReason: KforgeError | undefined;

  constructor(options: SpdySessionOptions) {
    this.carrier = options.carrier;
    this.#channel = options.channel;
    this.ended = this.#controller.signal;
    const parser = new SpdyFrameParser({
      onData: (id, piece, fin) => this.#onData(id, piece, fin),
      onSynReply: (id) => this.#unacknowledged.delete(id),
      onRstStream: (id) => this.#onRstStream(id),
      onPing: (id) => this.#onPing(id),
      onGoAway: () => this.destroy(new TunnelClosedError({ message: 'The cluster is closing the tunnel' })),
    });
    options.channel.start({
      onBytes: (chunk) => {
        this.#lastReceivedAt = performance.now();
        this.#sentSinceReceived = 0;
        parser.push(chunk);
      },
      onDrain: () => this.#onDrain(),
      onClose: (error) => this.#onClose(error),
    });
  }

  get health(): TunnelHealth {
    return {
      activeStreams: this.#activeStreams,
      openStreams: this.#streams.size / 2,
      lastReceivedAt: this.#lastReceivedAt,
      writeBlockedSince: this.#writeBlockedSince,
      readPausedSince: this.#readPausedSince,
      resetBlockedSince: this.#resetBlockedSince,
      sentSinceReceived: this.#sentSinceReceived,
      unacknowledgedSince: this.#unacknowledged.values().next().value,
    };
  }

  openStream(options: OpenStreamOptions): TunnelStream {
    if (this.ended.aborted) throw this.ended.reason;
    const { errorStreamId, frames } = this.#opener.open(options.port);
    const stream = new SpdyStream({ session: this, errorStreamId, port: options.port, handlers: options.handlers });
    this.#channel.send(frames);
    this.#streams.set(errorStreamId, stream);
    this.#streams.set(stream.dataStreamId, stream);
    this.#unacknowledged.set(stream.dataStreamId, performance.now());
    this.#activeStreams += 1;
    return stream;
  }

  ping(): Promise<number> {
    if (this.ended.aborted) return Promise.reject(this.ended.reason);
    const { id, answer } = this.#pings.enter();
    this.#channel.send(pingFrame(id));
    return answer;
  }

  destroy(reason?: KforgeError): void {
    this.#endReason ??= reason;
    this.#channel.destroy();
    this.#end(this.#endReason);
  }

  close(): Promise<void> {
    this.#endReason ??= new TunnelClosedError({ message: 'The tunnel was closed' });
    this.#channel.end();
    this.#end(this.#endReason);
    // A dead path never takes the last bytes, and nobody waits for them.
    const timer = setTimeout(() => this.#channel.destroy(), CLOSE_LIMIT_MS);
    return this.#closed.promise.finally(() => clearTimeout(timer));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  sendData(stream: SpdyStream, chunk: Buffer, fin: boolean): boolean {
    const flowing = this.#channel.send(dataHeader(stream.dataStreamId, chunk.length, fin), chunk);
    this.#sentSinceReceived += chunk.length;
    if (!flowing) this.#writeBlockedSince ??= performance.now();
    return flowing;
  }

  sendReset(stream: SpdyStream): void {
    this.#channel.send(rstStreamFrame(stream.dataStreamId, STATUS_CANCEL));
    if (this.#writeBlockedSince !== undefined) this.#resetBlockedSince ??= performance.now();
  }

  onFullnessChanged(stream: SpdyStream, isFull: boolean): void {
    if (isFull) this.#full.add(stream);
    else this.#full.delete(stream);
    if (this.#full.size > 0 === (this.#readPausedSince !== undefined)) return;
    if (this.#full.size > 0) {
      this.#readPausedSince = performance.now();
      this.#channel.pause();
    } else {
      this.#readPausedSince = undefined;
      this.#channel.resume();
    }
  }

  onLocalEnd(): void {
    this.#activeStreams -= 1;
  }

  forget(stream: SpdyStream): void {
    this.#streams.delete(stream.errorStreamId);
    this.#streams.delete(stream.dataStreamId);
    this.#unacknowledged.delete(stream.dataStreamId);
  }

  /** Frames for an id that is forgotten are normal: the server goes on for a while after a local end. */
  #find(streamId: number): SpdyStream | undefined {
    const stream = this.#streams.get(streamId);
    if (!stream && !this.#opener.hasOpened(streamId)) {
      throw new ProtocolViolationError({ message: `The cluster sent a frame for stream ${streamId}, which never was` });
    }
    return stream;
  }

  #onData(streamId: number, piece: Buffer, fin: boolean): void {
    const stream = this.#find(streamId);
    if (!stream) return;
    if (streamId === stream.dataStreamId) stream.receiveData(piece, fin);
    else stream.receiveError(piece, fin);
  }

  #onRstStream(streamId: number): void {
    const stream = this.#find(streamId);
    stream?.receiveReset(streamId === stream.dataStreamId);
  }

  #onPing(id: number): void {
    if (id % 2 === 0) this.#channel.send(pingFrame(id));
    else this.#pings.settle(id);
  }

  #onDrain(): void {
    this.#writeBlockedSince = undefined;
    this.#resetBlockedSince = undefined;
    for (const stream of new Set(this.#streams.values())) stream.drained();
  }

  #onClose(error: KforgeError | undefined): void {
    this.#end(this.#endReason ?? error);
    this.#closed.resolve();
  }

  #end(reason: KforgeError | undefined): void {
    if (this.ended.aborted) return;
    const error = reason ?? new TunnelClosedError({ message: 'The tunnel to the cluster was closed' });
    this.#controller.abort(error);
    this.#pings.rejectAll(error);
    for (const stream of new Set(this.#streams.values())) stream.close(error);
  }
}
