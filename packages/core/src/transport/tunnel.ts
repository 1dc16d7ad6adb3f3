import type { KforgeError } from '../errors/kforge-error.ts';
import type { Carrier } from '../model/forward-info.ts';

/** What a kind of tunnel can do; the relay and the pool ask, they do not guess from the carrier's name. */
export interface TunnelCapabilities {
  /** One direction of a stream can end while the other goes on. */
  readonly halfClose: boolean;
  /** One tunnel carries any number of streams, to any port of the pod. */
  readonly manyStreams: boolean;
  /** The peer answers pings, so a dead path can be told from a quiet one. */
  readonly ping: boolean;
}

/**
 * One path to one pod, over which connections to its ports are opened. The implementations differ in their carrier only; one contract
 * suite runs on all of them.
 */
export interface Tunnel extends AsyncDisposable {
  readonly carrier: Carrier;
  readonly capabilities: TunnelCapabilities;
  /** Aborts when the tunnel is over; its reason is the {@link KforgeError} that says why. */
  readonly ended: AbortSignal;
  readonly health: TunnelHealth;
  /**
   * Opens a connection to a port of the pod. It returns at once: the opening and the first bytes travel together, so the first answer
   * costs one round trip. What fails later reaches `handlers.onClose`.
   *
   * @throws TunnelClosedError when the tunnel is over already
   */
  openStream(options: OpenStreamOptions): TunnelStream;
  /** Sends a ping and resolves with the round trip in milliseconds, or rejects when the tunnel ends. */
  ping(): Promise<number>;
  /** Ends the tunnel and every stream in it with `reason`. Idempotent. */
  destroy(reason?: KforgeError): void;
  /** Ends the tunnel in order and waits until its socket is closed. Idempotent. */
  close(): Promise<void>;
}

/** What a tunnel knows of its own condition. Times are of `performance.now()`. */
export interface TunnelHealth {
  /** Streams whose local side still sends; those that only wait for their end do not count. */
  readonly activeStreams: number;
  /** Streams that are not over, those included that only wait for their end. */
  readonly openStreams: number;
  /** When bytes last came from the peer. */
  readonly lastReceivedAt: number;
  /** Since when the peer takes no more bytes, or `undefined`. */
  readonly writeBlockedSince: number | undefined;
  /** Since when this side reads no more because a stream's buffer is full, or `undefined`. */
  readonly readPausedSince: number | undefined;
  /** Since when a stream that was given up waits behind bytes that the peer does not take, or `undefined`. */
  readonly resetBlockedSince: number | undefined;
  /** Bytes that were sent since bytes last came; the peer's next word may wait behind them. */
  readonly sentSinceReceived: number;
  /** Since when the opening of a stream waits for its acknowledgement, or `undefined`. */
  readonly unacknowledgedSince: number | undefined;
}

/** What {@link Tunnel.openStream} needs. */
export interface OpenStreamOptions {
  /** The port inside the pod, 1 to 65535. */
  readonly port: number;
  readonly handlers: StreamHandlers;
}

/** What a stream tells its owner. No handler may throw; none is called after `onClose`. */
export interface StreamHandlers {
  /** Bytes from the pod. The owner keeps the buffer. */
  onData(chunk: Buffer): void;
  /** The pod sends no more; bytes may still be written. */
  onEnd(): void;
  /** After `write` returned false: there is room again. */
  onDrain(): void;
  /** The stream is over, in order or with an error that concerns this stream alone (or says that the tunnel ended). */
  onClose(error: KforgeError | undefined): void;
}

/** One connection to a port of the pod. */
export interface TunnelStream {
  /**
   * Sends bytes to the pod. The stream owns the buffer from then on and may change it.
   *
   * @returns false when the sender should wait for `onDrain`
   */
  write(chunk: Buffer): boolean;
  /** Nothing more will be written. Without half-close this ends both directions. */
  end(): void;
  /** Gives the connection up at once, in both directions; `onClose` is not called. */
  reset(): void;
  /** Asks for no more `onData`; a bounded number of bytes is kept, then the tunnel stops reading. */
  pause(): void;
  resume(): void;
}
