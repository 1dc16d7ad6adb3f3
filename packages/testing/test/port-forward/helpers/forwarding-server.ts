import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { PodHandler } from '../../../src/pods/pod-handler.ts';
import { type PortForwardBehaviour, portForwardBehaviour } from '../../../src/port-forward/port-forward-behaviour.ts';
import { type PortForwardSession, servePortForward } from '../../../src/port-forward/serve-port-forward.ts';
import { SpdyClient } from './spdy-client.ts';

/** What a test gives to {@link ForwardingServer.start}. */
export interface ForwardingServerOptions {
  readonly serve?: Readonly<Record<number, PodHandler>>;
  readonly findHandler?: (port: number) => PodHandler | undefined;
  readonly behaviour?: Partial<PortForwardBehaviour>;
  readonly allow?: { readonly tunnel?: boolean; readonly spdy?: boolean; readonly legacy?: boolean };
}

const PATH = '/api/v1/namespaces/default/pods/web/portforward';
export const POD_ID = 'a1b2c3d4e5f60718'.repeat(4);

/** An HTTP server whose only answer is a port-forward to one pod. */
export class ForwardingServer implements AsyncDisposable {
  readonly sessions: PortForwardSession[] = [];
  readonly errors: Error[] = [];
  readonly #sockets: Set<Socket>;
  readonly port: number;
  readonly #stop: () => Promise<void>;

  private constructor({ port, sockets, stop }: { port: number; sockets: Set<Socket>; stop: () => Promise<void> }) {
    this.port = port;
    this.#sockets = sockets;
    this.#stop = stop;
  }

  static async start(options: ForwardingServerOptions): Promise<ForwardingServer> {
    const http = createServer();
    const sockets = new Set<Socket>();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const server = new ForwardingServer({
      port: (http.address() as AddressInfo).port,
      sockets,
      stop: async () => {
        const closed = once(http, 'close');
        http.close();
        for (const socket of sockets) socket.destroy();
        await closed;
        await Promise.all(server.sessions.map((session) => session.closed));
      },
    });
    http.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    });
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      server.#serve({ request, socket, head }, options);
    });
    return server;
  }

  /** How many bytes were read from the client that sent the most. */
  get bytesRead(): number {
    return Math.max(...[...this.#sockets].map((socket) => socket.bytesRead));
  }

  /** A client of raw SPDY, after the upgrade. */
  async spdy(): Promise<SpdyClient> {
    const { socket } = await this.upgrade('POST', {
      Upgrade: 'SPDY/3.1',
      'X-Stream-Protocol-Version': 'portforward.k8s.io',
    });
    return new SpdyClient(socket, socket);
  }

  /** Asks for an upgrade; an answer other than 101 is thrown with its status and text. */
  async upgrade(method: string, headers: Readonly<Record<string, string>>, query = ''): Promise<Upgraded> {
    const path = `${PATH}${query}`;
    const asked = httpRequest({
      host: '127.0.0.1',
      port: this.port,
      method,
      path,
      headers: { Connection: 'Upgrade', ...headers },
    });
    asked.end();
    const { promise, resolve, reject } = Promise.withResolvers<Upgraded>();
    asked.once('error', reject);
    asked.once('upgrade', (response, socket: Socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve({ headers: response.headers, socket });
    });
    asked.once('response', (response) => {
      const refusal = text(response).then((body) =>
        Object.assign(new Error(`${response.statusCode}: ${body}`), { headers: response.headers }),
      );
      refusal.then(reject, reject);
    });
    return promise;
  }

  /** Where a WebSocket goes. */
  url(query: string): string {
    return `ws://127.0.0.1:${this.port}${PATH}${query}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }

  #serve(upgrade: { request: IncomingMessage; socket: Duplex; head: Buffer }, options: ForwardingServerOptions): void {
    const session = servePortForward({
      ...upgrade,
      podName: 'web',
      namespace: 'default',
      podId: POD_ID,
      findHandler: options.findHandler ?? ((port) => options.serve?.[port]),
      behaviour: portForwardBehaviour(options.behaviour),
      allow: { tunnel: true, spdy: true, legacy: true, ...options.allow },
      onError: (error) => this.errors.push(error),
    });
    if (!('refused' in session)) {
      this.sessions.push(session);
      return;
    }
    const { status, message, headers = {} } = session.refused;
    const lines = Object.entries({ ...headers, 'content-length': message.length, connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    upgrade.socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${message}`);
  }
}

/** The answer to an upgrade, and its socket. */
export interface Upgraded {
  readonly headers: IncomingMessage['headers'];
  readonly socket: Socket;
}
