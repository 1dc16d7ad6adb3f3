import type { Socket } from 'node:net';
import { asTunnelError } from '../errors/as-tunnel-error.ts';
import type { KforgeError } from '../errors/kforge-error.ts';
import type { Logger } from '../log/logger.ts';
import type { ConnectionInfo } from '../model/forward-events.ts';
import type { FlushQueue } from '../transport/flush-queue.ts';
import type { Tunnel } from '../transport/tunnel.ts';
import { ConnectionRelay } from './connection-relay.ts';
import { TrafficCounter } from './traffic-counter.ts';

/** A tunnel for one connection, and the port inside the pod. */
export interface AcquiredTunnel {
  readonly tunnel: Tunnel;
  readonly podPort: number;
}

/** What the connections of a forward stand on. */
export interface ConnectionsOptions {
  readonly finHoldMs: number;
  readonly flushQueue: FlushQueue;
  readonly logger: Logger;
  /** A tunnel for the mapping of that index, where one is open. */
  readonly tryAcquire: (portIndex: number) => AcquiredTunnel | undefined;
  /** Finds a tunnel for the mapping of that index; may wait while the forward reconnects. */
  readonly acquire: (portIndex: number) => Promise<AcquiredTunnel>;
  readonly onOpened: (connection: ConnectionInfo) => void;
  readonly onClosed: (event: ConnectionClosed) => void;
}

/** How a connection ended. */
export interface ConnectionClosed {
  readonly connection: ConnectionInfo;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly error: KforgeError | undefined;
}

/** The local connections of one forward. What happens to one of them concerns no other. */
export class Connections {
  readonly traffic: TrafficCounter = new TrafficCounter();
  readonly #options: ConnectionsOptions;
  readonly #relays = new Set<ConnectionRelay>();
  readonly #waiting = new Set<Socket>();
  #lastError: string | undefined;
  #nextId = 1;
  #ended: KforgeError | undefined;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** What went wrong with the last connection that failed. */
  get lastError(): string | undefined {
    return this.#lastError;
  }

  /** Takes over an accepted, paused socket. */
  async accept(socket: Socket, portIndex: number): Promise<void> {
    const id = this.#nextId++;
    this.traffic.opened();
    this.#waiting.add(socket);
    socket.on('error', () => undefined); // a reset before there is a tunnel; the relay sees that it is destroyed
    const client = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
    const connection: ConnectionInfo = { connectionId: id, localPort: socket.localPort ?? 0, remotePort: 0, client };
    try {
      const { tunnel, podPort } = this.#options.tryAcquire(portIndex) ?? (await this.#options.acquire(portIndex));
      if (this.#ended) throw this.#ended;
      this.#relay({ socket, tunnel, connection: { ...connection, remotePort: podPort } });
    } catch (error) {
      socket.resetAndDestroy();
      this.#options.onOpened(connection);
      this.#closed({ connection, bytesReceived: 0, bytesSent: 0, error: asTunnelError(error) });
    } finally {
      this.#waiting.delete(socket);
    }
  }

  /** Resets every connection and takes no more. */
  abortAll(error: KforgeError): void {
    this.#ended = error;
    for (const socket of this.#waiting) socket.resetAndDestroy();
    for (const relay of this.#relays) relay.abort(error);
  }

  #relay(options: { readonly socket: Socket; readonly tunnel: Tunnel; readonly connection: ConnectionInfo }): void {
    const { socket, tunnel, connection } = options;
    let bytesReceived = 0;
    let bytesSent = 0;
    const relay = new ConnectionRelay({
      socket,
      tunnel,
      port: connection.remotePort,
      finHoldMs: this.#options.finHoldMs,
      flushQueue: this.#options.flushQueue,
      onReceived: (bytes) => {
        bytesReceived += bytes;
        this.traffic.received(bytes);
      },
      onSent: (bytes) => {
        bytesSent += bytes;
        this.traffic.sent(bytes);
      },
      onClosed: (error) => {
        this.#relays.delete(relay);
        this.#closed({ connection, bytesReceived, bytesSent, error });
      },
    });
    this.#relays.add(relay);
    this.#options.onOpened(connection);
  }

  #closed(event: ConnectionClosed): void {
    const failed = event.error !== undefined && event.error !== this.#ended;
    this.traffic.closed({ failed });
    if (failed) this.#lastError = event.error?.message;
    this.#options.onClosed(failed ? event : { ...event, error: undefined });
  }
}
