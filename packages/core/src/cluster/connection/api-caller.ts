import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { delay } from '../../lifecycle/deadline.ts';
import type { ClusterQuery, ClusterRequest } from '../cluster.ts';
import type { Credential, CredentialSource } from '../credentials/credentials.ts';
import { ConnectionPool } from './connection-pool.ts';
import type { Endpoint } from './endpoint.ts';
import { exchange } from './exchange.ts';
import { mapApiError } from './map-api-error.ts';
import { readErrorBody } from './read-body.ts';
import { requestUpgrade, type UpgradeAnswer } from './request-upgrade.ts';
import { userAgent } from './user-agent.ts';

const MAX_ERROR_BYTES = 64 * 1024;
const MAX_RETRIES_WHEN_BUSY = 3;
const MAX_RETRY_AFTER_MS = 10_000;

/** One call, with the signal that ends it. */
export interface ApiCall extends Omit<ClusterRequest, 'timeoutMs' | 'signal'> {
  readonly signal: AbortSignal;
  readonly watch?: boolean;
}

/** An upgrade, with the signal that ends the attempt. */
export interface UpgradeCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: ClusterQuery | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Sends calls as one user: adds credentials, renews them once when they are rejected, waits when the server is busy. */
export class ApiCaller {
  readonly #endpoint: Endpoint;
  readonly #credentials: CredentialSource;
  readonly #headers: OutgoingHttpHeaders;
  readonly #context: string;
  readonly #pool: ConnectionPool;

  constructor(options: {
    readonly endpoint: Endpoint;
    readonly credentials: CredentialSource;
    /** Sent with every request: whom to impersonate. */
    readonly headers: OutgoingHttpHeaders;
    /** The context's name, for messages. */
    readonly context: string;
  }) {
    this.#endpoint = options.endpoint;
    this.#credentials = options.credentials;
    this.#headers = { 'User-Agent': userAgent, ...options.headers };
    this.#context = options.context;
    this.#pool = new ConnectionPool({ endpoint: options.endpoint });
  }

  /**
   * Resolves with the head of a successful answer; its body is the caller's to read.
   *
   * @throws the typed error of any other answer
   */
  async call(call: ApiCall): Promise<IncomingMessage> {
    let response = await this.#withCredentials(call.signal, (credential) => this.#send(call, credential));
    for (let attempt = 0; attempt < MAX_RETRIES_WHEN_BUSY; attempt += 1) {
      const waitMs = retryAfterMs(response);
      if (waitMs === undefined) break;
      response.resume();
      await delay({ ms: waitMs, signal: call.signal });
      response = await this.#withCredentials(call.signal, (credential) => this.#send(call, credential));
    }
    const { statusCode: status = 0 } = response;
    if (status >= 200 && status < 300) return response;
    const body = await readErrorBody({ response, maxBytes: MAX_ERROR_BYTES });
    throw mapApiError({ ...call, method: call.method ?? 'GET', status, body, context: this.#context });
  }

  /** Asks for another protocol, and resolves with whatever the answer is. */
  async upgrade(call: UpgradeCall): Promise<UpgradeAnswer> {
    return this.#withCredentials(call.signal, (credential) =>
      requestUpgrade({
        endpoint: this.#endpoint,
        agent: this.#pool.agentFor(credential.clientCertificate),
        method: call.method,
        path: pathWithQuery(call),
        headers: { ...this.#headers, ...call.headers, ...credential.headers },
        signal: call.signal,
      }),
    );
  }

  close(): void {
    this.#credentials.close();
    this.#pool.close();
  }

  async #withCredentials<Answer extends IncomingMessage | UpgradeAnswer>(
    signal: AbortSignal,
    send: (credential: Credential) => Promise<Answer>,
  ): Promise<Answer> {
    const credential = await this.#credentials.get({ signal });
    const answer = await send(credential);
    if (statusOf(answer) !== 401) return answer;
    const renewed = await this.#credentials.get({ signal, rejected: credential });
    if (renewed === credential) return answer;
    if ('resume' in answer) answer.resume();
    return send(renewed);
  }

  #send(call: ApiCall, credential: Credential): Promise<IncomingMessage> {
    const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
    return exchange({
      endpoint: this.#endpoint,
      agent: this.#pool.agentFor(credential.clientCertificate),
      method: call.method ?? 'GET',
      path: pathWithQuery(call),
      headers: {
        ...this.#headers,
        Accept: 'application/json',
        ...(body ? { 'Content-Type': contentType(call), 'Content-Length': body.length } : {}),
        ...credential.headers,
      },
      body,
      signal: call.signal,
    });
  }
}

function contentType(call: ApiCall): string {
  return call.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
}

function statusOf(answer: IncomingMessage | UpgradeAnswer): number | undefined {
  if ('switched' in answer) return answer.switched ? undefined : answer.status;
  return answer.statusCode;
}

function retryAfterMs(response: IncomingMessage): number | undefined {
  const seconds = Number(response.headers['retry-after'] ?? Number.NaN);
  if (response.statusCode !== 429 || !(seconds >= 0)) return undefined;
  return Math.min(seconds * 1000, MAX_RETRY_AFTER_MS);
}

function pathWithQuery(call: { readonly path: string; readonly query?: ClusterQuery | undefined }): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) parameters.append(name, each);
  }
  return parameters.size === 0 ? call.path : `${call.path}?${parameters.toString()}`;
}
