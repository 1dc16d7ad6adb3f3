import type { OutgoingHttpHeaders } from 'node:http';
import { ApiResponseInvalidError } from '../errors/cluster-errors.ts';
import { DisposedError } from '../errors/options-error.ts';
import { UpgradeRefusedError } from '../errors/transport-errors.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import { nodeCrypto } from '../lifecycle/node-crypto.ts';
import type {
  Cluster,
  ClusterRequest,
  UpgradedConnection,
  UpgradeRequest,
  WatchEvent,
  WatchRequest,
} from './cluster.ts';
import { ApiCaller } from './connection/api-caller.ts';
import { DeadlineSignal } from './connection/deadline-signal.ts';
import type { Endpoint } from './connection/endpoint.ts';
import { mapApiError } from './connection/map-api-error.ts';
import { mapNetworkError, timeoutError } from './connection/map-network-error.ts';
import { readBody } from './connection/read-body.ts';
import { readLines } from './connection/read-lines.ts';
import { parseWatchLine } from './connection/watch-line.ts';
import type { CredentialSource } from './credentials/credentials.ts';
import { impersonationHeaders } from './credentials/impersonation-headers.ts';
import type { ContextEntry } from './kubeconfig/kubeconfig.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_WATCH_LINE_BYTES = 16 * 1024 * 1024;
const WATCH_SECONDS = 290;
const WATCH_GRACE_MS = 30_000;

/** A cluster over HTTP/1.1: one API server, one user, a pool of connections. */
export class HttpCluster implements Cluster {
  readonly context: string;
  readonly namespace: string;
  readonly server: string;
  readonly identity: string;
  readonly #endpoint: Endpoint;
  readonly #caller: ApiCaller;
  readonly #closed = new AbortController();

  constructor(options: {
    readonly context: ContextEntry;
    readonly endpoint: Endpoint;
    readonly credentials: CredentialSource;
  }) {
    const { context, endpoint } = options;
    this.context = context.name;
    this.namespace = context.namespace;
    this.server = endpoint.url;
    this.identity = identityOf(context);
    this.#endpoint = endpoint;
    const headers = impersonationHeaders(context.user?.impersonation) as OutgoingHttpHeaders;
    this.#caller = new ApiCaller({ ...options, headers, context: context.name });
  }

  async request<T>(request: ClusterRequest): Promise<T> {
    const deadline = this.#deadline(request);
    try {
      const response = await this.#caller.call({ ...request, signal: deadline.signal });
      const body = await readBody({ response, maxBytes: MAX_ANSWER_BYTES });
      return parseAnswer(body) as T;
    } catch (error) {
      throw this.#typed(error, deadline.signal);
    } finally {
      deadline.dispose();
    }
  }

  async *watch<T>(request: WatchRequest): AsyncGenerator<WatchEvent<T>, void, undefined> {
    const { resourceVersion, ...call } = request;
    const timeoutSeconds = String(request.query?.timeoutSeconds ?? WATCH_SECONDS);
    const query = { allowWatchBookmarks: 'true', ...request.query, timeoutSeconds, watch: 'true', resourceVersion };
    const deadline = this.#deadline(request);
    try {
      const response = await this.#caller.call({ ...call, query, signal: deadline.signal, watch: true });
      // the server ends the watch by itself; one that does not has gone without a word
      const timeoutMs = Number(timeoutSeconds) * 1000 + WATCH_GRACE_MS;
      deadline.restart({ timeoutMs, onTimeout: () => timeoutError({ endpoint: this.#endpoint, timeoutMs }) });
      for await (const line of readLines({ response, maxLineBytes: MAX_WATCH_LINE_BYTES })) {
        yield parseWatchLine<T>(line);
      }
    } catch (error) {
      throw this.#typed(error, deadline.signal);
    } finally {
      deadline.dispose();
    }
  }

  async upgrade(request: UpgradeRequest): Promise<UpgradedConnection> {
    const deadline = this.#deadline(request);
    try {
      const answer = await this.#caller.upgrade({ ...request, signal: deadline.signal });
      if (answer.switched) {
        const { socket, head, response } = answer;
        return { socket, head, headers: plainHeaders(response.headers) };
      }
      const cause = mapApiError({ ...answer, method: request.method, path: request.path, context: this.context });
      if (answer.status === 401) throw cause;
      const message = `The API server did not switch protocols (HTTP ${answer.status}). ${cause.message}`;
      throw new UpgradeRefusedError({ message, hint: cause.hint, status: answer.status, cause });
    } catch (error) {
      throw this.#typed(error, deadline.signal);
    } finally {
      deadline.dispose();
    }
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort(new DisposedError({ what: `cluster connection of context "${this.context}"` }));
    this.#caller.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #deadline(request: AbortOptions & { readonly timeoutMs?: number }): DeadlineSignal {
    const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
    const onTimeout = (): Error => timeoutError({ endpoint: this.#endpoint, timeoutMs });
    return new DeadlineSignal({ signals: [this.#closed.signal, signal], limit: { timeoutMs, onTimeout } });
  }

  #typed(error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    return mapNetworkError({ error, endpoint: this.#endpoint });
  }
}

function parseAnswer(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new ApiResponseInvalidError({ message: "The API server's answer is not JSON" });
  }
}

function plainHeaders(headers: NodeJS.Dict<string | string[]>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

function identityOf(context: ContextEntry): string {
  const { cluster, user } = context;
  const parts = [
    cluster.server.href,
    cluster.tlsServerName,
    cluster.proxyUrl?.host,
    user?.name,
    user?.impersonation?.user,
  ];
  return nodeCrypto.createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
