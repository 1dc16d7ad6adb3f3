import type { Socket } from 'node:net';
import type { KforgeError } from '../errors/kforge-error.ts';
import type { FlushQueue } from '../transport/flush-queue.ts';
import type { StreamHandlers, Tunnel, TunnelStream } from '../transport/tunnel.ts';
import { FinHold } from './fin-hold.ts';
import { resetSocket } from './reset-socket.ts';

const NOTHING = Buffer.alloc(0);

/** What one relay connects. */
export interface ConnectionRelayOptions {
  /** The accepted local socket, paused; the relay owns it. */
  readonly socket: Socket;
  readonly tunnel: Tunnel;
  /** The port inside the pod. */
  readonly port: number;
  readonly finHoldMs: number;
  readonly flushQueue: FlushQueue;
  /** Counts bytes from the pod. */
  readonly onReceived: (bytes: number) => void;
  /** Counts bytes to the pod. */
  readonly onSent: (bytes: number) => void;
  /** Called once, when both sides are done with. */
  readonly onClosed: (error: KforgeError | undefined) => void;
}

/**
 * Connects one local socket with one stream, bytes and ends and failures alike, as if the local program had connected to the pod itself:
 * an end becomes an end, a reset becomes a reset, and whoever reads slowly slows the other side down.
 */
export class ConnectionRelay implements StreamHandlers {
  readonly #options: ConnectionRelayOptions;
  readonly #socket: Socket;
  readonly #stream: TunnelStream;
  readonly #finHold: FinHold;
  #lastReceivedAt: number = performance.now();
  #streamOver = false;
  #reported = false;
  #error: KforgeError | undefined;

  constructor(options: ConnectionRelayOptions) {
    this.#options = options;
    this.#socket = options.socket;
    this.#stream = options.tunnel.openStream({ port: options.port, handlers: this });
    this.#finHold = new FinHold({
      holdMs: options.finHoldMs,
      lastReceivedAt: () => this.#lastReceivedAt,
      isDelivering: () => this.#socket.writableLength > 0 || options.tunnel.health.writeBlockedSince !== undefined,
      onSilence: () => this.#stream.end(),
    });
    this.#attachSocket();
  }

  /** Gives the connection up: the local program sees a reset. */
  abort(error: KforgeError): void {
    this.#error ??= error;
    resetSocket(this.#socket);
  }

  onData(chunk: Buffer): void {
    this.#lastReceivedAt = performance.now();
    this.#options.onReceived(chunk.length);
    this.#options.flushQueue.hold(this.#socket);
    if (!this.#socket.write(chunk)) this.#stream.pause();
  }

  onEnd(): void {
    this.#socket.end();
  }

  onDrain(): void {
    this.#socket.resume();
  }

  onClose(error: KforgeError | undefined): void {
    this.#streamOver = true;
    this.#error ??= error;
    this.#finHold.cancel();
    if (error) resetSocket(this.#socket);
    else this.#socket.destroySoon();
  }

  #attachSocket(): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => {
      this.#options.onSent(chunk.length);
      if (!this.#stream.write(chunk)) socket.pause();
    });
    socket.on('drain', () => {
      if (!this.#streamOver) this.#stream.resume();
    });
    socket.on('end', () => this.#onLocalEnd());
    socket.on('error', () => undefined); // a local reset; 'close' follows and does the rest
    socket.once('close', () => {
      this.#finHold.cancel();
      if (!this.#streamOver) this.#stream.reset();
      this.#streamOver = true;
      this.#report();
    });
    socket.resume();
  }

  /**
   * The system can report a reset that came behind unread bytes as an end. Writing nothing tells them apart: it fails on a connection that
   * was reset.
   */
  #onLocalEnd(): void {
    const hold = (error?: Error | null): void => {
      if (!error && !this.#streamOver) this.#finHold.start();
    };
    if (this.#socket.writable) this.#socket.write(NOTHING, hold);
    else hold();
  }

  #report(): void {
    if (this.#reported) return;
    this.#reported = true;
    this.#options.onClosed(this.#error);
  }
}
