import type { KforgeError } from '../errors/kforge-error.ts';

/** What lies below a tunnel's framing: ordered bytes in both directions, with backpressure. */
export interface ByteChannel {
  /** Calls `handlers` from now on; bytes that came before are delivered first. */
  start(handlers: ByteChannelHandlers): void;
  /**
   * Sends a header and, behind it, a payload. The channel owns both from then on.
   *
   * @returns false when the sender should wait for `onDrain`
   */
  send(header: Buffer, payload?: Buffer): boolean;
  pause(): void;
  resume(): void;
  /** Sends what is queued and ends in order; `onClose` follows. */
  end(): void;
  /** Ends at once; `onClose` follows. */
  destroy(): void;
}

/** What a channel tells its owner. */
export interface ByteChannelHandlers {
  onBytes(chunk: Buffer): void;
  onDrain(): void;
  /** The channel is closed, and nothing else will be called. */
  onClose(error: KforgeError | undefined): void;
}
