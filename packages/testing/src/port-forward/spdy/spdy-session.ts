import type { Duplex } from 'node:stream';
import { ReadGate } from '../read-gate.ts';
import { atLeast, streamIdIn } from './control-payload.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';
import {
  dataFrame,
  FLAG_FIN,
  FRAME,
  GOAWAY,
  goAwayFrame,
  pingFrame,
  RST,
  rstStreamFrame,
  synReplyFrame,
} from './frames.ts';
import { HeaderInflater, type SpdyHeaders } from './header-inflater.ts';
import { SessionPings } from './session-pings.ts';
import { SpdyProtocolError } from './spdy-protocol-error.ts';
import { SpdyStream } from './spdy-stream.ts';

/** More streams than this at once are refused. */
const MAX_STREAMS = 4096;

/** What a {@link SpdySession} runs on and calls. */
export interface SpdySessionOptions {
  /** Carries the bytes. The session owns it: it is destroyed with the session. */
  readonly carrier: Duplex;
  /** Whether a stream with these headers is accepted; if not, it is reset without a reply. */
  admit(headers: SpdyHeaders, streamId: number): boolean;
  /** A stream was accepted and its reply sent. */
  onStream(stream: SpdyStream): void;
  /** The client broke the protocol; the session ends. */
  onError(error: SpdyProtocolError): void;
}

/**
 * The server's side of SPDY/3.1 as Kubernetes uses it: no flow control, so a stream that is not read from stalls the
 * session, as it does with the real server. Bytes that are no SPDY end the session with a GOAWAY.
 */
export class SpdySession {
  /** Fulfilled when the carrier is closed. */
  readonly closed: Promise<void>;
  readonly #options: SpdySessionOptions;
  readonly #carrier: Duplex;
  readonly #writer: FrameWriter;
  readonly #streams = new Map<number, SpdyStream>();
  readonly #inflater = new HeaderInflater();
  readonly #gate: ReadGate<number | 'replies'>;
  readonly #pings = new SessionPings();
  #goneAway = false;
  #replied = false;
  #lastStreamId = 0;

  constructor(options: SpdySessionOptions) {
    this.#options = options;
    this.#carrier = options.carrier;
    this.#writer = new FrameWriter(this.#carrier);
    this.#gate = new ReadGate(this.#carrier);
    const reader = new FrameReader({
      onData: ({ streamId, bytes, fin }) => this.#onData(streamId, bytes, fin),
      onControl: (frame) => this.#onControl(frame),
    });
    this.#carrier.on('data', (chunk: Buffer) => this.#read(reader, chunk));
    this.#carrier.on('end', () => this.close());
    // A lost connection is no news beyond its close, which follows.
    this.#carrier.on('error', () => this.#carrier.destroy());
    this.closed = new Promise((resolve) => {
      this.#carrier.once('close', () => {
        this.#abandonAll();
        resolve();
      });
    });
  }

  /** Sends a ping as a server may; fulfilled with its echo, rejected when the session ends first. */
  ping(): Promise<void> {
    if (!this.#carrier.writable) return Promise.reject(sessionOver());
    return this.#pings.begin((id) => this.#writer.send(pingFrame(id)));
  }

  /** Says GOAWAY without an error and ends the carrier. */
  close(): void {
    if (!this.#carrier.writableEnded && !this.#carrier.destroyed) this.#goAway(GOAWAY.ok);
  }

  #read(reader: FrameReader, chunk: Buffer): void {
    if (this.#carrier.writableEnded) return;
    try {
      reader.push(chunk);
    } catch (error) {
      if (!(error instanceof SpdyProtocolError)) throw error;
      this.#options.onError(error);
      this.#goAway(GOAWAY.protocolError);
    }
  }

  #onData(streamId: number, bytes: Buffer, fin: boolean): void {
    // DATA of a stream that is over is normal: the client may not know yet.
    const stream = this.#streams.get(streamId);
    stream?.receive(bytes);
    if (fin) stream?.receiveEnd();
  }

  #onControl({ type, flags, payload }: { type: number; flags: number; payload: Buffer }): void {
    switch (type) {
      case FRAME.synStream:
        this.#onSynStream(flags, atLeast(payload, 10));
        break;
      case FRAME.rstStream:
        this.#streams.get(streamIdIn(atLeast(payload, 8)))?.abandon();
        break;
      case FRAME.ping:
        this.#onPing(atLeast(payload, 4).readUInt32BE(0));
        break;
      case FRAME.goAway:
        this.#goneAway = true;
        this.#closeWhenIdle();
        break;
      case FRAME.headers:
        // The headers say nothing here, but their block moves the zlib stream on.
        this.#inflater.inflate(atLeast(payload, 4).subarray(4));
        break;
      default:
    }
  }

  #onSynStream(flags: number, payload: Buffer): void {
    const id = streamIdIn(payload);
    const headers = this.#inflater.inflate(payload.subarray(10));
    if (id % 2 === 0 || id <= this.#lastStreamId) {
      throw new SpdyProtocolError(`stream ${id} cannot be opened after stream ${this.#lastStreamId}`);
    }
    this.#lastStreamId = id;
    const tooMany = this.#goneAway || this.#streams.size >= MAX_STREAMS;
    if (tooMany || !this.#options.admit(headers, id)) {
      this.#reply(rstStreamFrame({ streamId: id, status: tooMany ? RST.refusedStream : RST.cancel }));
      return;
    }
    const stream = this.#createStream(id, headers);
    this.#reply(synReplyFrame({ streamId: id, first: !this.#replied }));
    this.#replied = true;
    if ((flags & FLAG_FIN) !== 0) stream.receiveEnd();
    this.#options.onStream(stream);
  }

  #createStream(id: number, headers: SpdyHeaders): SpdyStream {
    const writer = this.#writer;
    const stream = new SpdyStream({
      id,
      headers,
      wire: {
        sendData: (bytes, done) => writer.sendData({ streamId: id, bytes }, done),
        sendFin: () => void writer.send(dataFrame({ streamId: id, payload: Buffer.alloc(0), fin: true })),
        sendReset: (status) => void writer.send(rstStreamFrame({ streamId: id, status })),
        stall: () => this.#gate.hold(id),
        unstall: () => this.#gate.release(id),
      },
    });
    this.#streams.set(id, stream);
    stream.once('close', () => {
      this.#streams.delete(id);
      this.#closeWhenIdle();
    });
    return stream;
  }

  /** After the client's GOAWAY what is open is finished, and nothing new begins. */
  #closeWhenIdle(): void {
    if (this.#goneAway && this.#streams.size === 0) this.close();
  }

  #onPing(id: number): void {
    if (id % 2 === 1) this.#reply(pingFrame(id));
    else this.#pings.onEcho(id);
  }

  /** Answers a frame. A client that asks without reading the answers is not read from, or the answers would pile up. */
  #reply(frame: Buffer): void {
    if (this.#writer.send(frame)) return;
    this.#gate.hold('replies');
    this.#writer.whenRoomy(() => this.#gate.release('replies'));
  }

  #goAway(status: number): void {
    this.#writer.send(goAwayFrame({ lastStreamId: this.#lastStreamId, status }));
    this.#carrier.end(() => this.#carrier.destroy());
    this.#abandonAll();
  }

  #abandonAll(): void {
    for (const stream of [...this.#streams.values()]) stream.abandon();
    // Only after that: a stream that is closed does not emit the error.
    this.#writer.fail(sessionOver());
    this.#pings.fail(sessionOver());
  }
}

const sessionOver = (): Error => new Error('The SPDY session is over');
