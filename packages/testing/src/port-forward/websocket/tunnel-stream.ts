import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket } from 'ws';

/** How much the tunnel holds in each direction, in bytes, before it holds the other side back. */
const BUFFER_SIZE = 256 * 1024;

/** The bytes inside a tunnel: messages in their order, whose borders mean nothing. */
export function tunnelStream(websocket: WebSocket): Duplex {
  const stream = createWebSocketStream(websocket, { highWaterMark: BUFFER_SIZE });
  // The stream alone would report the close of a stalled tunnel only after all that it holds was read.
  websocket.once('close', () => stream.destroy());
  return stream;
}
