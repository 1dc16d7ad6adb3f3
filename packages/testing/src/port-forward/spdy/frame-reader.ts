import { FLAG_FIN } from './frames.ts';
import { SpdyProtocolError } from './spdy-protocol-error.ts';

/** What a {@link FrameReader} finds in the bytes. */
export interface FrameHandlers {
  /** A piece of a DATA frame, as it came; `fin` with the last piece of the frame that carries the flag. */
  onData(piece: { streamId: number; bytes: Buffer; fin: boolean }): void;
  /** A whole control frame. */
  onControl(frame: { type: number; flags: number; payload: Buffer }): void;
}

const HEADER_LENGTH = 8;
const VERSION = 3;
/** The longest control frame, in bytes: SYN_STREAM with a header block of at most 64 KiB. */
const MAX_CONTROL_LENGTH = 64 * 1024 + 10;

type State =
  | { readonly name: 'header' }
  | { readonly name: 'data'; readonly streamId: number; readonly fin: boolean; remaining: number }
  | { readonly name: 'control'; readonly type: number; readonly flags: number; readonly length: number };

/** Reads SPDY/3.1 frames from bytes that come in pieces of any size. DATA is passed on at once; control frames are gathered first. */
export class FrameReader {
  readonly #handlers: FrameHandlers;
  #state: State = { name: 'header' };
  #gathered: Buffer[] = [];
  #gatheredLength = 0;

  constructor(handlers: FrameHandlers) {
    this.#handlers = handlers;
  }

  /** @throws SpdyProtocolError for a frame that breaks the protocol or a limit; the reader is unusable then. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#state.name === 'data' ? this.#readData(rest) : this.#gather(rest);
  }

  #readData(rest: Buffer): Buffer {
    const state = this.#state as Extract<State, { name: 'data' }>;
    const bytes = rest.subarray(0, state.remaining);
    state.remaining -= bytes.length;
    const last = state.remaining === 0;
    if (last) this.#state = { name: 'header' };
    this.#handlers.onData({ streamId: state.streamId, bytes, fin: last && state.fin });
    return rest.subarray(bytes.length);
  }

  #gather(rest: Buffer): Buffer {
    const wanted = this.#state.name === 'control' ? this.#state.length : HEADER_LENGTH;
    const part = rest.subarray(0, wanted - this.#gatheredLength);
    this.#gathered.push(part);
    this.#gatheredLength += part.length;
    if (this.#gatheredLength === wanted) {
      const whole = Buffer.concat(this.#gathered);
      this.#gathered = [];
      this.#gatheredLength = 0;
      this.#complete(whole);
    }
    return rest.subarray(part.length);
  }

  #complete(bytes: Buffer): void {
    if (this.#state.name === 'control') {
      const { type, flags } = this.#state;
      this.#state = { name: 'header' };
      this.#handlers.onControl({ type, flags, payload: bytes });
      return;
    }
    const flags = bytes.readUInt8(4);
    const length = bytes.readUIntBE(5, 3);
    if ((bytes.readUInt8(0) & 0x80) === 0) this.#beginData({ streamId: bytes.readUInt32BE(0), flags, length });
    else this.#beginControl({ version: bytes.readUInt16BE(0) & 0x7fff, type: bytes.readUInt16BE(2), flags, length });
  }

  #beginData({ streamId, flags, length }: { streamId: number; flags: number; length: number }): void {
    const fin = (flags & FLAG_FIN) !== 0;
    if (length > 0) this.#state = { name: 'data', streamId, fin, remaining: length };
    else this.#handlers.onData({ streamId, bytes: Buffer.alloc(0), fin });
  }

  #beginControl(frame: { version: number; type: number; flags: number; length: number }): void {
    const { version, type, flags, length } = frame;
    if (version !== VERSION)
      throw new SpdyProtocolError(`a control frame is of SPDY version ${version}, not ${VERSION}`);
    if (length > MAX_CONTROL_LENGTH)
      throw new SpdyProtocolError(`a control frame is longer than ${MAX_CONTROL_LENGTH} bytes`);
    if (length > 0) this.#state = { name: 'control', type, flags, length };
    else this.#handlers.onControl({ type, flags, payload: Buffer.alloc(0) });
  }
}
