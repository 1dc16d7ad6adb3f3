import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Issued } from './issue-certificate.ts';

/** An HTTP proxy that takes CONNECT, on loopback. */
export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  /** `host:port` of each CONNECT, and its `Proxy-Authorization`. */
  readonly connects: readonly { readonly target: string; readonly authorization: string | undefined }[];
}

/** Starts a proxy that leads every name to loopback. */
export async function startConnectProxy(
  options: { readonly refuseWith?: string; readonly certificate?: Issued } = {},
): Promise<ConnectProxy> {
  const { certificate } = options;
  const server = certificate
    ? createHttpsServer({ cert: certificate.certificate, key: certificate.key })
    : createServer();
  const connects: { target: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Duplex>();
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    connects.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    client.on('error', () => undefined);
    if (options.refuseWith) {
      client.end(`HTTP/1.1 ${options.refuseWith}\r\n\r\n`);
      return;
    }
    const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy());
    upstream.once('close', () => client.destroy());
    client.once('close', () => upstream.destroy());
    sockets.add(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    connects,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
