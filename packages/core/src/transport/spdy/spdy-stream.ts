import type { KforgeError } from '../../errors/kforge-error.ts';
import { StreamResetError } from '../../errors/transport-errors.ts';
import { ReceiveBuffer } from '../receive-buffer.ts';
import { MAX_ERROR_TEXT, streamErrorFromText } from '../stream-error.ts';
import type { StreamHandlers, TunnelHealth, TunnelStream } from '../tunnel.ts';
import { MAX_DATA_LENGTH } from './frames.ts';

/** What a stream needs of its session. */
export interface SpdyStreamSession {
  readonly health: TunnelHealth;
  sendData(stream: SpdyStream, chunk: Buffer, fin: boolean): boolean;
  sendReset(stream: SpdyStream): void;
  /** The stream's fullness changed: the session may have to stop or to start reading. */
  onFullnessChanged(stream: SpdyStream, isFull: boolean): void;
  /** The stream stopped sending; it no longer counts as active. */
  onLocalEnd(): void;
  forget(stream: SpdyStream): void;
}

/** How long the end of the data waits for the end of the error stream, in milliseconds; runtimes end both at once. */
const VERDICT_WAIT_MS = 250;

/**
 * One connection to the pod: a pair of SPDY streams, one for the bytes and one on which the runtime words what went wrong. Text on the
 * error stream concerns this connection alone.
 */
export class SpdyStream implements TunnelStream {
  readonly errorStreamId: number;
  readonly dataStreamId: number;
  readonly port: number;
  readonly #session: SpdyStreamSession;
  readonly #handlers: StreamHandlers;
  readonly #received = new ReceiveBuffer();
  #errorText = '';
  #paused = false;
  #closed = false;
  #full = false;
  #localEnded = false;
  #remoteEnded = false;
  #endDelivered = false;
  #errorStreamEnded = false;
  #verdictGiven = false;
  #verdictTimer: NodeJS.Timeout | undefined;

  constructor(options: {
    readonly session: SpdyStreamSession;
    readonly errorStreamId: number;
    readonly port: number;
    readonly handlers: StreamHandlers;
  }) {
    this.#session = options.session;
    this.errorStreamId = options.errorStreamId;
    this.dataStreamId = options.errorStreamId + 2;
    this.port = options.port;
    this.#handlers = options.handlers;
  }

  get localEnded(): boolean {
    return this.#localEnded;
  }

  write(chunk: Buffer): boolean {
    if (this.#closed || this.#localEnded) return true;
    let rest = chunk;
    for (; rest.length > MAX_DATA_LENGTH; rest = rest.subarray(MAX_DATA_LENGTH)) {
      this.#session.sendData(this, rest.subarray(0, MAX_DATA_LENGTH), false);
    }
    return this.#session.sendData(this, rest, false);
  }

  end(): void {
    if (this.#closed || this.#localEnded) return;
    this.#localEnded = true;
    this.#session.onLocalEnd();
    this.#session.sendData(this, Buffer.alloc(0), true);
    this.#closeWhenOver();
  }

  reset(): void {
    if (this.#closed) return;
    this.#session.sendReset(this);
    this.#finish();
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
    this.#updateFullness();
    if (!this.#paused) this.#deliverEnd();
  }

  /** Bytes of the data stream. */
  receiveData(chunk: Buffer, fin: boolean): void {
    if (this.#closed || this.#remoteEnded) return;
    if (chunk.length > 0) {
      if (this.#paused || !this.#received.isEmpty) {
        this.#received.push(chunk);
        this.#updateFullness();
      } else {
        this.#handlers.onData(chunk);
      }
    }
    if (!fin) return;
    this.#remoteEnded = true;
    // Runtimes end the data first and then say whether that was a failure. An end must not look like success before.
    if (this.#errorStreamEnded) this.#deliverVerdict();
    else this.#awaitVerdict();
  }

  /** Bytes of the error stream: text about this connection. */
  receiveError(chunk: Buffer, fin: boolean): void {
    if (this.#closed) return;
    const room = MAX_ERROR_TEXT - this.#errorText.length;
    if (room > 0) this.#errorText += chunk.toString('utf8', 0, Math.min(room, chunk.length));
    if (!fin) return;
    this.#errorStreamEnded = true;
    this.#deliverVerdict();
  }

  /** Either stream of the pair was reset by the peer. What the error stream has said by then is the reason. */
  receiveReset(isDataStream: boolean): void {
    if (this.#errorText !== '') this.close(streamErrorFromText(this.#errorText, this.port));
    else if (isDataStream)
      this.close(new StreamResetError({ message: `The connection to port ${this.port} was reset` }));
    else {
      this.#errorStreamEnded = true;
      this.#deliverVerdict();
    }
  }

  /** Ends the stream and tells its owner why. */
  close(error: KforgeError | undefined): void {
    if (this.#closed) return;
    this.#finish();
    this.#handlers.onClose(error);
  }

  /** The tunnel takes bytes again. */
  drained(): void {
    if (!this.#closed) this.#handlers.onDrain();
  }

  #awaitVerdict(): void {
    this.#verdictTimer = setTimeout(() => {
      // What came while this process was busy is read before it is judged; while the tunnel reads nothing, no word can come.
      setImmediate(() => {
        if (this.#closed || this.#verdictGiven) return;
        if (this.#session.health.readPausedSince === undefined) this.#deliverVerdict();
        else this.#awaitVerdict();
      });
    }, VERDICT_WAIT_MS);
  }

  /** The error stream has ended, or stays open: what it said is the reason, and nothing means success. */
  #deliverVerdict(): void {
    this.#verdictGiven = true;
    if (this.#errorText !== '') this.close(streamErrorFromText(this.#errorText, this.port));
    else if (this.#endDelivered) this.#closeWhenOver();
    else this.#deliverEnd();
  }

  #deliverEnd(): void {
    if (!this.#remoteEnded || !this.#verdictGiven || !this.#received.isEmpty) return;
    if (this.#endDelivered || this.#closed) return;
    clearTimeout(this.#verdictTimer);
    this.#endDelivered = true;
    this.#handlers.onEnd();
    this.#closeWhenOver();
  }

  /** In order it is over when both directions have ended, or when the runtime has closed both of its streams. */
  #closeWhenOver(): void {
    if (this.#endDelivered && (this.#localEnded || this.#errorStreamEnded)) this.close(undefined);
  }

  #updateFullness(): void {
    if (this.#full === this.#received.isFull) return;
    this.#full = this.#received.isFull;
    this.#session.onFullnessChanged(this, this.#full);
  }

  #finish(): void {
    this.#closed = true;
    clearTimeout(this.#verdictTimer);
    if (!this.#localEnded) {
      this.#localEnded = true;
      this.#session.onLocalEnd();
    }
    this.#received.clear();
    this.#updateFullness();
    this.#session.forget(this);
  }
}
