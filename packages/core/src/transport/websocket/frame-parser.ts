import { ProtocolViolationError } from '../../errors/transport-errors.ts';

/** Opcodes of RFC 6455 §5.2. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** What a {@link WebSocketFrameParser} finds. */
export interface WebSocketFrameHandlers {
  /** A piece of a binary message, without copying; `isStart` is set on the first piece of each message. */
  onPiece(piece: Buffer, isStart: boolean): void;
  onPing(payload: Buffer): void;
  onPong(): void;
  /** The peer's close frame, with its status code where it gave one. */
  onCloseFrame(code: number | undefined, reason: string): void;
}

const MAX_CONTROL_LENGTH = 125;

/**
 * Reads the frames that a server sends (RFC 6455 §5) out of bytes that may be split anywhere. Messages are handed on piece by piece as
 * they come, so their length needs no limit here. What breaks the RFC throws {@link ProtocolViolationError}.
 */
export class WebSocketFrameParser {
  readonly #handlers: WebSocketFrameHandlers;
  readonly #header: Buffer = Buffer.alloc(10);
  #filled = 0;
  #needed = 2;
  #inPayload = false;
  #remaining = 0;
  #opcode = 0;
  #fin = false;
  #messageOpen = false;
  #isStart = false;
  #control: Buffer[] = [];

  constructor(handlers: WebSocketFrameHandlers) {
    this.#handlers = handlers;
  }

  /** Reads the next bytes. */
  push(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      if (!this.#inPayload) {
        const copied = chunk.copy(this.#header, this.#filled, offset, offset + this.#needed - this.#filled);
        this.#filled += copied;
        offset += copied;
        if (this.#filled === this.#needed) this.#onHeaderBytes();
        continue;
      }
      const end = Math.min(chunk.length, offset + this.#remaining);
      this.#onPayload(chunk.subarray(offset, end));
      offset = end;
    }
  }

  #onHeaderBytes(): void {
    const lengthBits = (this.#header[1] as number) & 0x7f;
    if (this.#needed === 2) {
      this.#checkFirstBytes();
      if (lengthBits === 126) this.#needed = 4;
      else if (lengthBits === 127) this.#needed = 10;
      if (this.#needed > 2) return;
    }
    this.#beginPayload(this.#payloadLength(lengthBits));
  }

  #checkFirstBytes(): void {
    const first = this.#header[0] as number;
    const second = this.#header[1] as number;
    this.#fin = (first & 0x80) !== 0;
    this.#opcode = first & 0x0f;
    if ((first & 0x70) !== 0) throw violation('reserved bits are set');
    if ((second & 0x80) !== 0) throw violation('a server frame is masked');
    if (this.#opcode >= OPCODE.close) {
      if (this.#opcode > OPCODE.pong) throw violation(`opcode ${this.#opcode}`);
      if (!this.#fin || (second & 0x7f) > MAX_CONTROL_LENGTH) throw violation('a control frame is split or too long');
      return;
    }
    if (this.#opcode !== OPCODE.binary && this.#opcode !== OPCODE.continuation)
      throw violation('a message that is not binary');
    if ((this.#opcode === OPCODE.continuation) !== this.#messageOpen)
      throw violation('a message begins or goes on out of turn');
  }

  #payloadLength(lengthBits: number): number {
    if (lengthBits < 126) return lengthBits;
    if (lengthBits === 126) return this.#header.readUInt16BE(2);
    const high = this.#header.readUInt32BE(2);
    if (high > 0xffff) throw violation('a frame is too long');
    return high * 2 ** 32 + this.#header.readUInt32BE(6);
  }

  #beginPayload(length: number): void {
    this.#filled = 0;
    this.#needed = 2;
    this.#remaining = length;
    this.#inPayload = length > 0;
    if (this.#opcode < OPCODE.close) {
      if (this.#opcode === OPCODE.binary) this.#isStart = true;
      this.#messageOpen = !this.#fin;
    } else if (length === 0) {
      this.#onControlFrame(Buffer.alloc(0));
    }
  }

  #onPayload(piece: Buffer): void {
    this.#remaining -= piece.length;
    if (this.#remaining === 0) this.#inPayload = false;
    if (this.#opcode < OPCODE.close) {
      const isStart = this.#isStart;
      this.#isStart = false;
      this.#handlers.onPiece(piece, isStart);
      return;
    }
    this.#control.push(Buffer.from(piece));
    if (this.#remaining === 0) this.#onControlFrame(Buffer.concat(this.#control.splice(0)));
  }

  #onControlFrame(payload: Buffer): void {
    if (this.#opcode === OPCODE.ping) this.#handlers.onPing(payload);
    else if (this.#opcode === OPCODE.pong) this.#handlers.onPong();
    else if (payload.length >= 2) this.#handlers.onCloseFrame(payload.readUInt16BE(0), payload.toString('utf8', 2));
    else this.#handlers.onCloseFrame(undefined, '');
  }
}

function violation(what: string): ProtocolViolationError {
  return new ProtocolViolationError({ message: `The cluster broke the WebSocket protocol: ${what}` });
}
