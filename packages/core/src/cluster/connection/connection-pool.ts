import type { ClientRequestArgs, OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ClientCertificate } from '../credentials/credentials.ts';
import { Dialer } from './dialer.ts';
import type { Endpoint } from './endpoint.ts';
import { nodeHttp } from './node-http.ts';

/** Request options that carry the signal which ends a connection attempt: Node's agents do not pass on `signal`. */
export interface PooledRequestArgs extends ClientRequestArgs {
  readonly dialSignal: AbortSignal;
}

/** A request to an endpoint over its pool. */
export interface PooledRequest {
  readonly endpoint: Endpoint;
  readonly agent: PooledAgent;
  readonly method: string;
  /** With query, without the endpoint's base path. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  /** Ends the request, also while the body of its answer is read. */
  readonly signal: AbortSignal;
}

/** The head of a request, as Node takes it. */
export function pooledRequestArgs(request: PooledRequest): PooledRequestArgs {
  const { endpoint, agent, method, path, headers, signal } = request;
  return {
    agent,
    method,
    host: endpoint.host,
    port: endpoint.port,
    path: endpoint.basePath + path,
    headers: { Host: endpoint.authority, ...headers },
    dialSignal: signal,
  };
}

const MAX_IDLE_CONNECTIONS = 4;
/** Below the 90 s after which a Kubernetes API server closes an idle connection. */
const MAX_IDLE_MS = 60_000;

/**
 * The connections to one server: kept for reuse, dropped when the client certificate changes, so that a request never travels under an
 * older identity.
 */
export class ConnectionPool {
  readonly #endpoint: Endpoint;
  readonly #retired = new Set<PooledAgent>();
  #agent: PooledAgent | undefined;

  constructor(options: { readonly endpoint: Endpoint }) {
    this.#endpoint = options.endpoint;
  }

  /** The agent that connects with a client certificate. Its `dialer` opens connections outside the pool. */
  agentFor(clientCertificate: ClientCertificate | undefined): PooledAgent {
    if (this.#agent && isSame(this.#agent.dialer.clientCertificate, clientCertificate)) return this.#agent;
    if (this.#agent) this.#retire(this.#agent);
    this.#agent = new PooledAgent(new Dialer({ endpoint: this.#endpoint, clientCertificate }));
    return this.#agent;
  }

  /** Ends every pooled connection, also those in use. */
  close(): void {
    for (const agent of this.#retired) agent.destroy();
    this.#retired.clear();
    this.#agent?.destroy();
  }

  #retire(agent: PooledAgent): void {
    for (const retired of this.#retired) {
      if (Object.keys(retired.sockets).length === 0) this.#retired.delete(retired);
    }
    agent.retire();
    this.#retired.add(agent);
  }
}

function isSame(one: ClientCertificate | undefined, other: ClientCertificate | undefined): boolean {
  return one?.certificate === other?.certificate && one?.key === other?.key;
}

/** An HTTP agent on top of a {@link Dialer}. */
export class PooledAgent extends nodeHttp.Agent {
  readonly dialer: Dialer;

  constructor(dialer: Dialer) {
    super({ keepAlive: true, maxFreeSockets: MAX_IDLE_CONNECTIONS, scheduling: 'lifo', timeout: MAX_IDLE_MS });
    this.dialer = dialer;
  }

  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const { dialSignal: signal } = options as PooledRequestArgs;
    this.dialer.dial({ signal }).then(
      (socket) => callback?.(null, socket),
      (error: unknown) => callback?.(error as Error, undefined as never),
    );
  }

  /** Lets requests under way come to their end and keeps none of their connections. */
  retire(): void {
    this.maxFreeSockets = 0;
    for (const socket of Object.values(this.freeSockets).flat()) socket?.destroy();
  }
}
