import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection to a local port, open. */
export async function connectLocal(port: number, host: string = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host, allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}

/** Sends a text through an echo and gives back what comes. */
export async function echoThrough(port: number, text: string, host?: string): Promise<string> {
  const socket = await connectLocal(port, host);
  try {
    socket.write(text);
    let answer = '';
    while (answer.length < text.length) answer += String(((await once(socket, 'data')) as [Buffer])[0]);
    return answer;
  } finally {
    socket.destroy();
  }
}

/** Everything until the end; rejects on a reset. */
export async function readToEnd(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

/** Whether a connection ended in order or was reset. */
export async function howItEnds(socket: Socket): Promise<'end' | 'reset'> {
  socket.resume();
  try {
    await once(socket, 'end');
    return 'end';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return 'reset';
    throw error;
  }
}
