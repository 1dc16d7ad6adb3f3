import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A port that another program holds, as far as the code under test can tell. */
export interface OccupiedPort extends AsyncDisposable {
  readonly port: number;
}

/** Listens on one address, on `port` or on one that the system chooses. Rejects with the system's error where that is not possible. */
export async function occupyPort(options: { readonly host: string; readonly port?: number }): Promise<OccupiedPort> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  server.listen({ host: options.host, port: options.port ?? 0, ipv6Only: true });
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  await using occupied = await occupyPort({ host: '127.0.0.1' });
  return occupied.port;
}
