import type { Socket } from 'node:net';
import { KforgeError } from '../errors/kforge-error.ts';
import { TunnelClosedError } from '../errors/transport-errors.ts';
import type { ByteChannel, ByteChannelHandlers } from './byte-channel.ts';
import type { FlushQueue } from './flush-queue.ts';

/** What a {@link SocketChannel} stands on. */
export interface SocketChannelOptions {
  /** The upgraded socket; the channel owns it. */
  readonly socket: Socket;
  /** Bytes that came together with the answer to the upgrade. */
  readonly head: Buffer;
  readonly flushQueue: FlushQueue;
}

const SMALL = 2048;

/** Bytes straight over an upgraded socket, as the raw `Upgrade: SPDY/3.1` gives it. */
export class SocketChannel implements ByteChannel {
  readonly #socket: Socket;
  readonly #flushQueue: FlushQueue;
  #head: Buffer;
  #error: KforgeError | undefined;

  constructor(options: SocketChannelOptions) {
    this.#socket = options.socket;
    this.#head = options.head;
    this.#flushQueue = options.flushQueue;
  }

  start(handlers: ByteChannelHandlers): void {
    const socket = this.#socket;
    const receive = (chunk: Buffer): void => {
      try {
        handlers.onBytes(chunk);
      } catch (error) {
        this.#fail(error);
      }
    };
    socket.on('drain', () => handlers.onDrain());
    socket.on('error', (error) => {
      this.#error ??= new TunnelClosedError({
        message: `The connection to the cluster broke: ${error.message}`,
        cause: error,
      });
    });
    socket.on('end', () => {
      this.#error ??= new TunnelClosedError({ message: 'The cluster closed the tunnel' });
      socket.destroy();
    });
    const closed = (): void => {
      socket.removeAllListeners();
      socket.on('error', () => undefined); // a closed socket can still report a late write
      handlers.onClose(this.#error);
    };
    if (socket.closed) {
      queueMicrotask(closed);
      return;
    }
    socket.once('close', closed);
    if (this.#head.length > 0) receive(this.#head);
    this.#head = Buffer.alloc(0);
    socket.on('data', receive);
    socket.resume();
  }

  send(header: Buffer, payload?: Buffer): boolean {
    const socket = this.#socket;
    if (socket.destroyed) return true;
    this.#flushQueue.hold(socket);
    if (!payload || payload.length === 0) return socket.write(header);
    if (payload.length <= SMALL) return socket.write(Buffer.concat([header, payload]));
    socket.write(header);
    return socket.write(payload);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.destroySoon();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #fail(error: unknown): void {
    this.#error ??= KforgeError.is(error)
      ? error
      : new TunnelClosedError({ message: 'The tunnel failed while it read', cause: error });
    this.#socket.destroy();
  }
}
