import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { type Authority, createAuthority, type Issued } from './issue-certificate.ts';

/** A real HTTP server on loopback that plays an API server. */
export interface ApiServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly authority: Authority;
  /** Every request so far, upgrades included. */
  readonly requests: readonly SeenRequest[];
  /** Connections that are open now. */
  readonly sockets: ReadonlySet<Socket>;
  /** How many connections were accepted so far. */
  readonly accepted: number;
}

/** What a request said. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** The common name of the client's certificate. */
  readonly clientName: string | undefined;
  readonly resumedSession: boolean;
}

/** How the server behaves. */
export interface ApiServerOptions {
  readonly respond?: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly authority?: Authority;
  /** @default one for localhost and the loopback addresses */
  readonly certificate?: Issued;
  /** @default true */
  readonly tls?: boolean;
}

/** Starts a server; by default it answers every request with `{}`. */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const { authority = createAuthority(), tls = true } = options;
  const issued =
    options.certificate ?? authority.issue({ commonName: 'server', hosts: ['localhost', '127.0.0.1', '::1'] });
  const tlsOptions = {
    cert: issued.certificate,
    key: issued.key,
    ca: authority.certificate,
    requestCert: true,
    rejectUnauthorized: false,
  };
  const server = tls ? createHttpsServer(tlsOptions) : createHttpServer();
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.on('request', (request, response) => {
    requests.push(seen(request));
    if (options.respond) void options.respond(request, response);
    else response.end('{}');
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    requests.push(seen(request));
    if (options.upgrade) options.upgrade(request, socket, head);
    else socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    authority,
    requests,
    sockets,
    get accepted() {
      return accepted;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function seen(request: IncomingMessage): SeenRequest {
  const socket = request.socket as Partial<TLSSocket>;
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: request.headers,
    clientName: [socket.getPeerCertificate?.().subject?.CN].flat()[0],
    resumedSession: socket.isSessionReused?.() ?? false,
  };
}
