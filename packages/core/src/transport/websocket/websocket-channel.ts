import type { KforgeError } from '../../errors/kforge-error.ts';
import { printable } from '../../errors/printable.ts';
import { TunnelClosedError } from '../../errors/transport-errors.ts';
import type { ByteChannel, ByteChannelHandlers } from '../byte-channel.ts';
import { SocketChannel, type SocketChannelOptions } from '../socket-channel.ts';
import { OPCODE, WebSocketFrameParser } from './frame-parser.ts';
import { MaskKeys, maskInPlace } from './mask.ts';

/** What a WebSocket channel tells its owner beyond bytes. */
export interface WebSocketChannelHandlers extends ByteChannelHandlers {
  /** As `onBytes`, for protocols in which the bounds of messages matter. */
  onPiece?(piece: Buffer, isStart: boolean): void;
  onPong?(): void;
}

/**
 * Bytes in binary WebSocket messages over an upgraded socket (RFC 6455), client side. Each `send` is one message, its header and payload
 * masked in place.
 */
export class WebSocketChannel implements ByteChannel {
  readonly #socket: SocketChannel;
  readonly #keys = new MaskKeys();
  #closeSent = false;
  #error: KforgeError | undefined;

  constructor(options: SocketChannelOptions) {
    this.#socket = new SocketChannel(options);
  }

  start(handlers: WebSocketChannelHandlers): void {
    const parser = new WebSocketFrameParser({
      onPiece: handlers.onPiece?.bind(handlers) ?? ((piece) => handlers.onBytes(piece)),
      onPing: (payload) => this.#sendFrame(OPCODE.pong, Buffer.from(payload)),
      onPong: () => handlers.onPong?.(),
      onCloseFrame: (code, reason) => this.#onCloseFrame(code, reason),
    });
    this.#socket.start({
      onBytes: (chunk) => parser.push(chunk),
      onDrain: () => handlers.onDrain(),
      onClose: (error) => handlers.onClose(this.#error ?? error),
    });
  }

  send(header: Buffer, payload?: Buffer): boolean {
    return this.#sendFrame(OPCODE.binary, header, payload);
  }

  /** Sends a WebSocket ping; the peer's pong calls `onPong`. */
  ping(): void {
    this.#sendFrame(OPCODE.ping, Buffer.alloc(0));
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#sendClose();
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #sendFrame(opcode: number, header: Buffer, payload?: Buffer): boolean {
    const length = header.length + (payload?.length ?? 0);
    const key = this.#keys.next();
    const prefixLength = length < 126 ? 6 : length < 65_536 ? 8 : 14;
    const head = Buffer.allocUnsafe(prefixLength + header.length);
    head[0] = 0x80 | opcode;
    if (prefixLength === 6) head[1] = 0x80 | length;
    else if (prefixLength === 8) {
      head[1] = 0x80 | 126;
      head.writeUInt16BE(length, 2);
    } else {
      head[1] = 0x80 | 127;
      head.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
      head.writeUInt32BE(length >>> 0, 6);
    }
    key.copy(head, prefixLength - 4);
    for (let at = 0; at < header.length; at++) {
      head[prefixLength + at] = (header[at] as number) ^ (key[at & 3] as number);
    }
    if (payload) maskInPlace(payload, header.length % 4 === 0 ? key : turned(key, header.length));
    return this.#socket.send(head, payload);
  }

  #sendClose(): void {
    if (this.#closeSent) return;
    this.#closeSent = true;
    const normal = Buffer.allocUnsafe(2);
    normal.writeUInt16BE(1000, 0);
    this.#sendFrame(OPCODE.close, normal);
  }

  #onCloseFrame(code: number | undefined, reason: string): void {
    const said = [code, printable(reason)].filter(Boolean).join(' ');
    this.#error ??= new TunnelClosedError({
      message: `The cluster closed the tunnel${said ? ` (${said})` : ''}`,
      closeCode: code,
    });
    this.end();
  }
}

function turned(key: Buffer, by: number): Buffer {
  return Buffer.from([0, 1, 2, 3].map((index) => key[(index + by) & 3] as number));
}
