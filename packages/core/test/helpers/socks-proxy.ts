import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A SOCKS5 proxy (RFC 1928) without authentication, on loopback. */
export interface SocksProxy extends AsyncDisposable {
  readonly url: string;
  /** `host:port` of each connection, the host as the client sent it. */
  readonly connects: readonly string[];
}

/** Starts a proxy that leads every name to loopback, or refuses with a reply code. */
export async function startSocksProxy(options: { readonly refuseWith?: number } = {}): Promise<SocksProxy> {
  const connects: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    void serve({ client, connects, reply: options.refuseWith ?? 0 });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connects,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serve(options: {
  readonly client: Socket;
  readonly connects: string[];
  readonly reply: number;
}): Promise<void> {
  const { client, connects, reply } = options;
  await once(client, 'data');
  client.write(Buffer.from([5, 0]));
  const [request] = (await once(client, 'data')) as [Buffer];
  const { host, port } = destination(request);
  connects.push(`${host}:${port}`);
  const answer = Buffer.from([5, reply, 0, 1, 127, 0, 0, 1, 0, 0]);
  if (reply !== 0) {
    client.end(answer);
    return;
  }
  const upstream = connect(port, '127.0.0.1');
  upstream.on('error', () => client.destroy());
  upstream.once('close', () => client.destroy());
  client.once('close', () => upstream.destroy());
  await once(upstream, 'connect');
  client.write(answer);
  client.pipe(upstream).pipe(client);
}

function destination(request: Buffer): { readonly host: string; readonly port: number } {
  const isName = request[3] === 3;
  const length = isName ? (request[4] ?? 0) : 4;
  const start = isName ? 5 : 4;
  const address = request.subarray(start, start + length);
  return {
    host: isName ? address.toString('ascii') : [...address].join('.'),
    port: request.readUInt16BE(start + length),
  };
}
