import { ProtocolViolationError } from '../../errors/transport-errors.ts';
import { FLAG_FIN, FRAME_TYPE } from './frames.ts';

/** What a {@link SpdyFrameParser} finds. */
export interface SpdyFrameHandlers {
  /** A piece of a DATA frame, without copying; `fin` is set on the last piece of the stream. */
  onData(streamId: number, piece: Buffer, fin: boolean): void;
  onSynReply(streamId: number, fin: boolean): void;
  onRstStream(streamId: number, status: number): void;
  onPing(id: number): void;
  onGoAway(): void;
}

/** No control frame of port-forward comes near this, in bytes. */
const MAX_CONTROL_LENGTH = 64 * 1024;
/** The longest part of a control frame's payload that anyone reads. */
const KEPT_CONTROL_LENGTH = 8;

const MIN_LENGTH: Readonly<Record<number, number>> = {
  [FRAME_TYPE.synReply]: 4,
  [FRAME_TYPE.rstStream]: 8,
  [FRAME_TYPE.ping]: 4,
  [FRAME_TYPE.goAway]: 4,
};

/**
 * Reads SPDY/3.1 frames out of bytes that may be split anywhere. DATA is handed on as it comes, whatever the frame's length; header
 * blocks are skipped, since a port-forward server says nothing in them. SETTINGS, HEADERS and WINDOW_UPDATE are ignored, as both Go sides
 * do (moby/spdystream).
 *
 * Bytes that are no such frame throw {@link ProtocolViolationError}; the parser must not be used after that.
 */
export class SpdyFrameParser {
  readonly #handlers: SpdyFrameHandlers;
  readonly #header: Buffer = Buffer.alloc(8);
  readonly #control: Buffer = Buffer.alloc(KEPT_CONTROL_LENGTH);
  #headerFilled = 0;
  #remaining = 0;
  #received = 0;
  #streamId = 0;
  #controlType = 0;
  #flags = 0;

  constructor(handlers: SpdyFrameHandlers) {
    this.#handlers = handlers;
  }

  /** Reads the next bytes. */
  push(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#headerFilled < 8) {
        offset = this.#readHeader(chunk, offset);
        continue;
      }
      const end = Math.min(chunk.length, offset + this.#remaining);
      const piece = offset === 0 && end === chunk.length ? chunk : chunk.subarray(offset, end);
      offset = end;
      this.#readPayload(piece);
    }
  }

  #readHeader(chunk: Buffer, start: number): number {
    const header = this.#header;
    if (this.#headerFilled === 0 && chunk.length - start >= 8) {
      this.#beginFrame(chunk, start);
      this.#headerFilled = 8;
      if (this.#remaining === 0) this.#endEmptyFrame();
      return start + 8;
    }
    const copied = chunk.copy(header, this.#headerFilled, start, start + 8 - this.#headerFilled);
    this.#headerFilled += copied;
    if (this.#headerFilled === 8) {
      this.#beginFrame(header, 0);
      if (this.#remaining === 0) this.#endEmptyFrame();
    }
    return start + copied;
  }

  #beginFrame(bytes: Buffer, at: number): void {
    const first = bytes.readUInt32BE(at);
    this.#flags = bytes[at + 4] as number;
    this.#remaining = bytes.readUInt32BE(at + 4) & 0xffffff;
    this.#received = 0;
    if (first < 0x8000_0000) {
      this.#controlType = 0;
      this.#streamId = first;
      if (first === 0) throw violation('data for stream 0');
      return;
    }
    const version = (first >>> 16) & 0x7fff;
    if (version !== 3) throw violation(`version ${version} instead of 3`);
    this.#controlType = first & 0xffff;
    if (this.#controlType === FRAME_TYPE.synStream) throw violation('a stream that the server opens');
    if (this.#remaining > MAX_CONTROL_LENGTH) throw violation(`a control frame of ${this.#remaining} bytes`);
    const min = MIN_LENGTH[this.#controlType] ?? 0;
    if (this.#remaining < min)
      throw violation(`a control frame of type ${this.#controlType} with ${this.#remaining} bytes`);
  }

  #endEmptyFrame(): void {
    this.#headerFilled = 0;
    if (this.#controlType === 0) this.#handlers.onData(this.#streamId, EMPTY, (this.#flags & FLAG_FIN) !== 0);
  }

  #readPayload(piece: Buffer): void {
    this.#remaining -= piece.length;
    const last = this.#remaining === 0;
    if (last) this.#headerFilled = 0;
    if (this.#controlType === 0) {
      this.#handlers.onData(this.#streamId, piece, last && (this.#flags & FLAG_FIN) !== 0);
      return;
    }
    if (this.#received < KEPT_CONTROL_LENGTH) piece.copy(this.#control, this.#received);
    this.#received += piece.length;
    if (last) this.#endControlFrame();
  }

  #endControlFrame(): void {
    const handlers = this.#handlers;
    const id = this.#control.readUInt32BE(0);
    switch (this.#controlType) {
      case FRAME_TYPE.synReply:
        handlers.onSynReply(id & 0x7fff_ffff, (this.#flags & FLAG_FIN) !== 0);
        return;
      case FRAME_TYPE.rstStream:
        handlers.onRstStream(id & 0x7fff_ffff, this.#control.readUInt32BE(4));
        return;
      case FRAME_TYPE.ping:
        handlers.onPing(id);
        return;
      case FRAME_TYPE.goAway:
        handlers.onGoAway();
        return;
      default: // SETTINGS, HEADERS, WINDOW_UPDATE and types of the future say nothing about port-forward
    }
  }
}

const EMPTY = Buffer.alloc(0);

function violation(what: string): ProtocolViolationError {
  return new ProtocolViolationError({ message: `The cluster sent something that is not SPDY/3.1: ${what}` });
}
