import { once } from 'node:events';
import type { Socket } from 'node:net';

/** What the peer sends until it ends, as text. Unlike `node:stream/consumers` it leaves the socket's other direction open. */
export async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'end');
  return Buffer.concat(chunks).toString();
}
