import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection to a local port, open. */
export async function connectTo(port: number, options: { readonly allowHalfOpen?: boolean } = {}): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: options.allowHalfOpen ?? false });
  await once(socket, 'connect');
  return socket;
}

/** Everything that comes until the end. Rejects when the connection is reset. */
export async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Exactly so many bytes; what comes behind them stays in the socket. */
export async function readBytes(socket: Socket, count: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let missing = count;
  while (missing > 0) {
    const available = Math.min(missing, socket.readableLength);
    const part = available > 0 ? (socket.read(available) as Buffer | null) : null;
    if (part) {
      parts.push(part);
      missing -= part.length;
      continue;
    }
    if (socket.readableEnded || socket.errored) throw socket.errored ?? new Error(`ended ${missing} bytes too early`);
    await nextEvent(socket);
  }
  return Buffer.concat(parts);
}

async function nextEvent(socket: Socket): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  try {
    await Promise.race([once(socket, 'readable', { signal }), once(socket, 'end', { signal })]);
  } finally {
    controller.abort();
  }
}

/** How a connection ends: in order, or by a reset. */
export async function endOf(socket: Socket): Promise<'end' | 'reset'> {
  socket.resume();
  try {
    await once(socket, 'end');
    return 'end';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return 'reset';
    throw error;
  }
}

/** Sends a line to an echo server and gives back what it says. */
export async function echo(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  return (await readBytes(socket, Buffer.byteLength(text))).toString();
}
