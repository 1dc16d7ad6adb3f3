import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Two ends of one TCP connection over loopback, both paused. Disposing destroys them. */
export interface SocketPair extends AsyncDisposable {
  readonly near: Socket;
  readonly far: Socket;
}

export async function openSocketPair(): Promise<SocketPair> {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const near = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[Socket], unknown];
  server.close();
  return {
    near,
    far,
    async [Symbol.asyncDispose]() {
      await Promise.all([near, far].map(destroyAndWait));
    },
  };
}

async function destroyAndWait(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
}
