import { once } from 'node:events';
import type { request as httpRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { connect } from 'node:tls';
import { serveWatch } from '../../../src/api/serve-watch.ts';
import { createCertificateAuthority } from '../../../src/certificates/certificate-authority.ts';
import type { Clock } from '../../../src/clock/clock.ts';
import { SystemClock } from '../../../src/clock/system-clock.ts';
import { Faults } from '../../../src/faults/faults.ts';
import type { RequestFacts } from '../../../src/faults/requests/request-match.ts';
import type { ShapedResponse } from '../../../src/faults/requests/shaped-response.ts';
import { ShapedSocket } from '../../../src/faults/tunnels/shaped-socket.ts';
import { Tunnel } from '../../../src/faults/tunnels/tunnel.ts';
import { asStatusError, sendStatus } from '../../../src/http/send.ts';
import type { PodHandler } from '../../../src/pods/pod-handler.ts';
import { portForwardBehaviour } from '../../../src/port-forward/port-forward-behaviour.ts';
import { servePortForward } from '../../../src/port-forward/serve-port-forward.ts';
import { type HttpsServer, startHttpsServer } from '../../../src/server/https-server.ts';
import { Tunnels } from '../../../src/server/tunnels.ts';
import type { KubernetesObject } from '../../../src/state/kubernetes-object.ts';
import { ObjectStore } from '../../../src/state/object-store.ts';
import { ResourceKinds } from '../../../src/state/resource-kinds.ts';
import { SpdyClient } from '../../port-forward/helpers/spdy-client.ts';

/** How {@link FaultyServer.start} begins. */
export interface FaultyServerOptions {
  readonly clock?: Clock;
  readonly seed?: number;
  /** The body of every answer. @default 'hello' */
  readonly body?: string;
  /** What listens in the pod `web` behind each port. */
  readonly serve?: Readonly<Record<number, PodHandler>>;
}

/** The server of a cluster as far as faults are concerned: one body for every path, watches of pods, one pod to forward to. */
export class FaultyServer implements AsyncDisposable {
  readonly faults: Faults;
  readonly tunnels: Tunnels = new Tunnels();
  readonly store: ObjectStore;
  /** The paths that were answered. */
  readonly answered: string[] = [];
  /** The paths of requests of which nothing was left to answer. */
  readonly over: string[] = [];
  readonly #running = new AbortController();
  readonly #clock: Clock;
  readonly #options: FaultyServerOptions;
  #https!: HttpsServer;
  #authority = '';

  private constructor(options: FaultyServerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? new SystemClock();
    this.store = new ObjectStore({ historyLimit: 100, kinds: new ResourceKinds(), clock: this.#clock });
    this.faults = new Faults({
      clock: this.#clock,
      seed: options.seed ?? 1,
      signal: this.#running.signal,
      targets: {
        tunnels: () => this.tunnels.sessions,
        pods: () => this.pods.map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name })),
        deletePod: async ({ namespace, name }) => this.deletePod(name, namespace),
        restartServer: async () => {
          await this.#https.stop();
          await this.#https.start();
        },
      },
    });
  }

  static async start(options: FaultyServerOptions = {}): Promise<FaultyServer> {
    const server = new FaultyServer(options);
    const authority = createCertificateAuthority();
    server.#authority = authority.certificate;
    server.#https = await startHttpsServer({
      identity: authority.issueServer(),
      authority: authority.certificate,
      port: 0,
      onRequest: (request, response) => void server.#answer(request, response),
      onUpgrade: (request, socket, head) => server.#upgrade({ request, socket: socket as Socket, head }),
    });
    return server;
  }

  get https(): HttpsServer {
    return this.#https;
  }

  get pods(): readonly KubernetesObject[] {
    return this.store.list({ kind: this.#podKind });
  }

  addPod(name: string): void {
    const metadata = { name, namespace: 'default' };
    this.store.add({ apiVersion: 'v1', kind: 'Pod', metadata, spec: {}, status: {} });
  }

  deletePod(name: string, namespace = 'default'): void {
    this.store.remove({ kind: this.#podKind, namespace, name });
  }

  /** Sends a request. */
  request(path: string, options: RequestOptions = {}): ReturnType<typeof httpRequest> {
    const url = `https://127.0.0.1:${this.#https.port}${path}`;
    return httpsRequest(url, { ca: this.#authority, agent: false, ...options });
  }

  /** Sends a request and reads its answer. */
  async ask(
    path: string,
    options: RequestOptions = {},
  ): Promise<{ status: number; headers: IncomingMessage['headers']; text: string }> {
    const asked = this.request(path, options).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() };
  }

  /** Begins a watch of pods: the events as texts such as `ADDED web`. */
  async watch(query = ''): Promise<AsyncIterator<string, undefined> & { close(): void }> {
    const asked = this.request(`/api/v1/namespaces/default/pods?watch=true${query}`).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    const lines = createInterface({ input: response })[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
    return {
      next: async () => {
        const line = await lines.next();
        return line.done ? line : { done: false, value: eventText(line.value) };
      },
      close: () => void response.destroy(),
    };
  }

  /** A SPDY client after its upgrade; `tcp`: the connection to use. */
  async forward({
    tcp,
  }: {
    readonly tcp?: Socket;
  } = {}): Promise<{ client: SpdyClient; socket: Socket; tunnel: Tunnel }> {
    const path = '/api/v1/namespaces/default/pods/web/portforward';
    const headers = { connection: 'Upgrade', upgrade: 'SPDY/3.1', 'x-stream-protocol-version': 'portforward.k8s.io' };
    const over = tcp && {
      agent: undefined,
      createConnection: () => connect({ socket: tcp, ca: this.#authority, host: '127.0.0.1' }),
    };
    const asked = this.request(path, { method: 'POST', headers, ...over }).end();
    const [, socket, head] = (await once(asked, 'upgrade')) as [IncomingMessage, Socket, Buffer];
    if (head.length > 0) socket.unshift(head);
    const tunnel = this.tunnels.sessions.at(-1);
    if (!tunnel) throw new Error('There is no tunnel');
    return { client: new SpdyClient(socket), socket, tunnel };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#running.abort();
    const { sessions } = this.tunnels;
    this.tunnels.drop();
    await this.#https[Symbol.asyncDispose]();
    await Promise.all(sessions.map(({ closed }) => closed));
  }

  get #podKind() {
    const kind = this.store.kinds.findResource({ group: '', version: 'v1', resource: 'pods' });
    if (!kind) throw new Error('There are no pods');
    return kind;
  }

  async #answer(request: IncomingMessage, response: ShapedResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'https://localhost');
    const isWatch = query.has('watch');
    const facts: RequestFacts = {
      method: request.method ?? '',
      path: pathname,
      ...(isWatch ? WATCH : LISTS[pathname]),
    };
    try {
      if (!(await this.faults.beforeRequest({ facts, response }))) {
        this.over.push(pathname);
        return;
      }
      this.answered.push(pathname);
      if (isWatch) {
        const watch = {
          clock: this.#clock,
          store: this.store,
          kind: this.#podKind,
          namespace: 'default',
          name: undefined,
          query,
        };
        serveWatch({ ...watch, accept: undefined, response, faults: this.faults.watch });
        return;
      }
      const body = this.#options.body ?? 'hello';
      response.writeHead(200, { 'content-length': Buffer.byteLength(body) }).end(body);
    } catch (thrown) {
      sendStatus(response, asStatusError(thrown));
    }
  }

  #upgrade({ request, socket: wire, head }: { request: IncomingMessage; socket: Socket; head: Buffer }): void {
    const socket = new ShapedSocket({ socket: wire, head, clock: this.#clock });
    const session = servePortForward({
      request,
      socket,
      head: Buffer.alloc(0),
      podName: 'web',
      namespace: 'default',
      findHandler: (port) => this.#options.serve?.[port],
      behaviour: portForwardBehaviour(),
      allow: { tunnel: true, spdy: true, legacy: true },
      onError: () => undefined,
    });
    if ('refused' in session) throw new Error(session.refused.message);
    const tunnel = new Tunnel({ session, socket, namespace: 'default' });
    this.tunnels.add(tunnel);
    this.faults.tunnels.onOpen(tunnel);
  }
}

const PODS = { group: '', resource: 'pods', namespace: 'default' } as const;
const WATCH = { ...PODS, verb: 'watch' } as const;
const LISTS: Readonly<Record<string, Partial<RequestFacts>>> = {
  '/api/v1/namespaces/default/pods': { ...PODS, verb: 'list' },
  '/api/v1/namespaces/default/pods/web': { ...PODS, verb: 'get', name: 'web' },
};

function eventText(line: string): string {
  const { type, object } = JSON.parse(line) as { type: string; object: { metadata: { name?: string }; code?: number } };
  return `${type} ${object.code ?? object.metadata.name}`;
}
