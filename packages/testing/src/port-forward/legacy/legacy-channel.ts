import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** How much a channel holds in each direction, in bytes, before it stalls. */
const BUFFER_SIZE = 64 * 1024;

/** What a {@link LegacyChannel} runs on. */
export interface LegacyChannelOptions {
  readonly websocket: WebSocket;
  /** The first byte of its messages. */
  readonly channel: number;
  /** Called with `true` when the channel holds enough, with `false` when it has room again. */
  readonly onStalled: (stalled: boolean) => void;
}

/** One data channel of `v4.channel.k8s.io`: bytes in both directions, whose end the protocol cannot tell. */
export class LegacyChannel extends Duplex {
  readonly #options: LegacyChannelOptions;

  constructor(options: LegacyChannelOptions) {
    super({ allowHalfOpen: true, highWaterMark: BUFFER_SIZE });
    this.#options = options;
  }

  /** The session got bytes of this channel. */
  receive(bytes: Buffer): void {
    if (bytes.length > 0 && !this.destroyed && !this.push(bytes)) this.#options.onStalled(true);
  }

  override _read(): void {
    this.#options.onStalled(false);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const { websocket, channel } = this.#options;
    // A WebSocket that is closing tells so with its close event, which closes this channel as well.
    websocket.send(channelMessage({ channel, bytes: chunk }), () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    done();
    // The client can never say that it has ended as well, so the end of one direction is the end of both.
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#options.onStalled(false);
    done(error);
  }
}

/** A message of `v4.channel.k8s.io`: the channel, then the bytes. */
export function channelMessage({ channel, bytes }: { channel: number; bytes: Buffer }): Buffer {
  return Buffer.concat([Buffer.from([channel]), bytes]);
}
