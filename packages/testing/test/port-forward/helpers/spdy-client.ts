import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { constants, createDeflate, type Deflate } from 'node:zlib';
import { SPDY_DICTIONARY } from '../../../src/port-forward/spdy/dictionary.ts';
import { HeaderInflater } from '../../../src/port-forward/spdy/header-inflater.ts';

/** A frame from the server: of a stream, or of the session (`stream` 0). */
export interface SeenFrame {
  readonly type: 'data' | 'syn-reply' | 'rst' | 'ping' | 'goaway';
  /** The stream, or the id of a ping. */
  readonly id: number;
  readonly fin: boolean;
  readonly payload: Buffer;
}

const NAMES = { 2: 'syn-reply', 3: 'rst', 6: 'ping', 7: 'goaway' } as const;

/** The client's side of SPDY for tests: it compresses headers as one zlib stream, as moby/spdystream does, and keeps every frame. */
export class SpdyClient {
  readonly frames: SeenFrame[] = [];
  readonly duplex: Duplex;
  /** The socket below, to be paused. */
  readonly socket: Duplex;
  /** Fulfilled when the connection is closed, however it came to that. */
  readonly closed: Promise<void>;
  readonly #deflate: Deflate = createDeflate({ dictionary: SPDY_DICTIONARY, flush: constants.Z_SYNC_FLUSH });
  readonly #replies = new HeaderInflater();
  #waiting: (() => void)[] = [];
  #rest: Buffer = Buffer.alloc(0);

  constructor(duplex: Duplex, socket: Duplex = duplex) {
    this.duplex = duplex;
    this.socket = socket;
    duplex.on('data', (chunk: Buffer) => this.#read(chunk));
    this.closed = new Promise((resolve) => {
      duplex.once('close', () => {
        this.#wake();
        resolve();
      });
    });
    duplex.on('error', () => {});
  }

  /** The bytes of a SYN_STREAM. */
  async synStream(id: number, headers: Readonly<Record<string, string>>, { fin = false } = {}): Promise<Buffer> {
    const parts = Object.entries(headers).flatMap(([name, value]) => [prefixed(name), prefixed(value)]);
    this.#deflate.write(Buffer.concat([uint32(Object.keys(headers).length), ...parts]));
    const flushed = once(this.#deflate, 'data');
    const [block] = (await flushed) as [Buffer];
    return control(1, Buffer.concat([uint32(id), uint32(0), Buffer.alloc(2), block]), fin ? 1 : 0);
  }

  /** The bytes that open one connection: the error stream, already ended, and the data stream after it. */
  async open(port: number, { id = 1 } = {}): Promise<Buffer> {
    const headers = { port: String(port), requestid: String(id) };
    return Buffer.concat([
      await this.synStream(id, { ...headers, streamtype: 'error' }, { fin: true }),
      await this.synStream(id + 2, { ...headers, streamtype: 'data' }),
    ]);
  }

  send(...frames: readonly Buffer[]): void {
    this.duplex.write(Buffer.concat(frames));
  }

  /** What was sent on a stream so far, as text. */
  text(id: number): string {
    return Buffer.concat(this.#dataOf(id).map(({ payload }) => payload)).toString('latin1');
  }

  /** Whether the server has ended a stream. */
  ended(id: number): boolean {
    return this.#dataOf(id).some(({ fin }) => fin);
  }

  /** Waits until what is asked for is true; fails when the session is closed before. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      if (this.duplex.destroyed) throw new Error(`The session closed after ${JSON.stringify(this.frames.slice(-5))}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #dataOf(id: number): readonly SeenFrame[] {
    return this.frames.filter((frame) => frame.type === 'data' && frame.id === id);
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 8 && this.#rest.length >= 8 + this.#rest.readUIntBE(5, 3)) {
      const end = 8 + this.#rest.readUIntBE(5, 3);
      this.#take(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
    }
    this.#wake();
  }

  #take(frame: Buffer): void {
    const payload = frame.subarray(8);
    const fin = (frame.readUInt8(4) & 1) === 1;
    if (frame.readUInt8(0) < 0x80) {
      this.frames.push({ type: 'data', id: frame.readUInt32BE(0), fin, payload });
      return;
    }
    const type = NAMES[frame.readUInt16BE(2) as keyof typeof NAMES];
    if (type === 'syn-reply') this.#replies.inflate(payload.subarray(4));
    this.frames.push({ type, id: payload.readUInt32BE(0), fin, payload });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

export function data(id: number, payload: string | Buffer, { fin = false } = {}): Buffer {
  const bytes = Buffer.from(payload as string, 'latin1');
  return Buffer.concat([uint32(id), Buffer.from([fin ? 1 : 0]), uint32(bytes.length).subarray(1), bytes]);
}

export function ping(id: number): Buffer {
  return control(6, uint32(id));
}

export function rst(id: number): Buffer {
  return control(3, Buffer.concat([uint32(id), uint32(5)]));
}

export function goAway(): Buffer {
  return control(7, Buffer.concat([uint32(0), uint32(0)]));
}

export function control(type: number, payload: Buffer, flags = 0): Buffer {
  return Buffer.concat([Buffer.from([0x80, 3, 0, type, flags]), uint32(payload.length).subarray(1), payload]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function prefixed(text: string): Buffer {
  return Buffer.concat([uint32(text.length), Buffer.from(text, 'latin1')]);
}
