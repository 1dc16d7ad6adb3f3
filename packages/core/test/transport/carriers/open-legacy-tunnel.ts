import type { Socket } from 'node:net';
import { expect } from 'vitest';
import type { KforgeError } from '../../../src/errors/kforge-error.ts';
import { LegacyTunnel } from '../../../src/transport/carriers/legacy-tunnel.ts';
import { FlushQueue } from '../../../src/transport/flush-queue.ts';
import type { TunnelStream } from '../../../src/transport/tunnel.ts';
import { OPCODE } from '../../../src/transport/websocket/frame-parser.ts';
import { WebSocketChannel } from '../../../src/transport/websocket/websocket-channel.ts';
import { openSocketPair } from '../../helpers/open-socket-pair.ts';
import { serverFrame } from '../websocket/server-frame.ts';

/** Where the tunnel leads. */
export const PORT = 80;
/** The channels of a `v4.channel.k8s.io` WebSocket. */
export const DATA = 0;
export const ERROR = 1;

/** A legacy tunnel, and the API server's end of its WebSocket, by hand. */
export interface LegacyServer extends AsyncDisposable {
  readonly tunnel: LegacyTunnel;
  readonly socket: Socket;
  send(channel: number, payload: Buffer | string): void;
  /** The message with which a server begins a channel: the port, little-endian. */
  sendPort(channel: number): void;
  close(code: number): void;
}

/** Opens a tunnel over a real connection, past the upgrade. */
export async function openLegacyTunnel(): Promise<LegacyServer> {
  const { near, far, ...pair } = await openSocketPair();
  const channel = new WebSocketChannel({ socket: near, head: Buffer.alloc(0), flushQueue: new FlushQueue() });
  const send = (number: number, payload: Buffer | string): void => {
    far.write(
      serverFrame({ opcode: OPCODE.binary, payload: Buffer.concat([Buffer.of(number), Buffer.from(payload)]) }),
    );
  };
  return {
    tunnel: new LegacyTunnel({ channel, port: PORT }),
    socket: far,
    send,
    sendPort: (number) => send(number, Buffer.of(PORT, 0)),
    close: (code) => far.end(serverFrame({ opcode: OPCODE.close, payload: Buffer.of(code >> 8, code & 0xff) })),
    ...pair,
  };
}

/** A stream and what its owner hears of it. */
export interface HeardStream {
  readonly stream: TunnelStream;
  readonly heard: string[];
  readonly closed: Promise<KforgeError | undefined>;
  /** Resolves once that much was received. */
  readonly received: (text: string) => Promise<void>;
}

/** Opens the one stream of the tunnel and listens to it. */
export function openStream(tunnel: LegacyTunnel): HeardStream {
  const heard: string[] = [];
  const closed = Promise.withResolvers<KforgeError | undefined>();
  let text = '';
  let wake = (): void => undefined;
  const stream = tunnel.openStream({
    port: PORT,
    handlers: {
      onData: (chunk) => {
        text += chunk.toString('latin1');
        wake();
      },
      onEnd: () => heard.push('end'),
      onDrain: () => heard.push('drain'),
      onClose: (error) => {
        heard.push('close');
        closed.resolve(error);
      },
    },
  });
  return {
    stream,
    heard,
    closed: closed.promise,
    async received(expected) {
      while (text.length < expected.length) {
        const next = Promise.withResolvers<void>();
        wake = next.resolve;
        await next.promise;
      }
      expect(text).toBe(expected);
    },
  };
}
