import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Identity } from '../certificates/certificate-authority.ts';
import { ShapedResponse } from '../faults/requests/shaped-response.ts';

/** What the server calls for each request. */
export interface HttpsServerHandlers {
  readonly onRequest: (request: IncomingMessage, response: ShapedResponse) => void;
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

/** A server on 127.0.0.1. Disposing it destroys every socket and waits for the port to be free; it does not start again then. */
export interface HttpsServer extends AsyncDisposable {
  readonly port: number;
  /** Destroys every socket and stops listening, as a server that crashes; fulfilled when the port is free. Once stopped it does nothing. */
  stop(): Promise<void>;
  /**
   * Listens again on the same port. While it listens it does nothing.
   *
   * @throws the error of the system when somebody else has taken the port, `AbortError` once the server was disposed of.
   */
  start(): Promise<void>;
}

/** Headers of a request, in bytes; a bearer token may be long. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Starts an HTTP/1.1 server with TLS that asks for a client certificate without requiring one. */
export async function startHttpsServer(options: HttpsServerOptions): Promise<HttpsServer> {
  const sockets = new Set<Socket>();
  const server = createHttpsServer(options, sockets);
  const { port } = await listen(server, options.port);
  let isDisposed = false;
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  // One after the other: a start that overtook a stop would find the port taken.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    // Whoever asked for the turn hears of its failure.
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    port,
    stop: () => inTurn(stop),
    start: () =>
      inTurn(async () => {
        if (isDisposed) throw new DOMException('The server was disposed of', 'AbortError');
        if (!server.listening) await listen(server, port);
      }),
    [Symbol.asyncDispose]: () => {
      isDisposed = true;
      return inTurn(stop);
    },
  };
}

function createHttpsServer(
  options: HttpsServerOptions,
  sockets: Set<Socket>,
): Server<typeof IncomingMessage, typeof ShapedResponse> {
  const server = createServer({
    ServerResponse: ShapedResponse,
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
  server.on('request', (request, response) => {
    noticeEnd(request.socket, response);
    options.onRequest(request, response);
  });
  server.on('upgrade', options.onUpgrade);
  return server;
}

/**
 * Makes a response end with its connection. Node says so only to the one whose turn it is; those behind it in a pipeline would watch, follow and
 * wait for ever.
 */
function noticeEnd(socket: Socket, response: ShapedResponse): void {
  const leave = (): void => {
    response.emit('close');
  };
  response.once('close', () => socket.off('close', leave));
  socket.setMaxListeners(0);
  socket.once('close', leave);
}

async function listen(
  server: Server<typeof IncomingMessage, typeof ShapedResponse>,
  port: number,
): Promise<AddressInfo> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server.address() as AddressInfo;
}
