import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Identity } from '../certificates/certificate-authority.ts';

/** What the server calls for each request. */
export interface HttpsServerHandlers {
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  /** The socket has no listener but one for `error`; whoever takes it must end it. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** What {@link startHttpsServer} needs. */
export interface HttpsServerOptions extends HttpsServerHandlers {
  readonly identity: Identity;
  /** PEM block of the authority whose client certificates count. */
  readonly authority: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** A server on 127.0.0.1. Disposing it destroys every socket and waits for the port to be free. */
export interface HttpsServer extends AsyncDisposable {
  readonly port: number;
}

/** Headers of a request, in bytes; a bearer token may be long. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Starts an HTTP/1.1 server with TLS that asks for a client certificate without requiring one. */
export async function startHttpsServer(options: HttpsServerOptions): Promise<HttpsServer> {
  const sockets = new Set<Socket>();
  const server = createServer({
    cert: options.identity.certificate,
    key: options.identity.key,
    ca: options.authority,
    requestCert: true,
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    maxHeaderSize: MAX_HEADER_BYTES,
    // Only stop() closes an idle connection, so no client loses a race against a timeout.
    keepAliveTimeout: 0,
  });
  const track = (socket: Socket): void => {
    sockets.add(socket);
    // A client that resets its connection is no failure of the server; the socket closes either way.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  server.on('connection', track);
  server.on('secureConnection', track);
  server.on('request', options.onRequest);
  server.on('upgrade', options.onUpgrade);
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
