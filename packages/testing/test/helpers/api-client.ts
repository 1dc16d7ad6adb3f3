import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import type { SimulatedCluster } from '../../src/index.ts';

/** An answer in JSON: the fields that tests look at, of whatever kind it is. */
export interface ApiBody {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly status: { readonly allowed?: boolean };
  readonly items: readonly ApiBody[];
  readonly columnDefinitions: readonly { readonly name: string; readonly priority: number }[] | null;
  readonly rows: readonly { readonly cells: readonly unknown[]; readonly object?: ApiBody }[];
  readonly ports: readonly { readonly port: number }[];
  readonly endpoints: readonly { readonly conditions: unknown; readonly targetRef: { readonly name: string } }[] | null;
}

/** One line of a watch. */
export interface ApiEvent {
  readonly type: string;
  readonly object: ApiBody;
}

/** A whole answer. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON. */
  readonly body: ApiBody;
}

/** What is asked. */
export interface ApiQuestion {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Whether the client certificate of the kubeconfig is shown. @default true */
  readonly certificate?: boolean;
}

/** Asks a cluster as its kubeconfig says. */
export async function ask(cluster: SimulatedCluster, path: string, question: ApiQuestion = {}): Promise<ApiAnswer> {
  const response = await send(cluster, path, question);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const isJson = response.headers['content-type']?.startsWith('application/json') === true;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as ApiBody,
  };
}

/** A watch that is under way. */
export interface ApiWatch extends Disposable {
  readonly status: number;
  /** The next event; `undefined` once the server has ended the watch. */
  next(): Promise<ApiEvent | undefined>;
}

/** Begins a watch. */
export async function watch(cluster: SimulatedCluster, path: string, question: ApiQuestion = {}): Promise<ApiWatch> {
  const response = await send(cluster, path, question);
  const lines = createInterface({ input: response })[Symbol.asyncIterator]();
  return {
    status: response.statusCode ?? 0,
    next: async () => {
      const line = (await lines.next()) as IteratorResult<string, undefined>;
      return line.value === undefined ? undefined : (JSON.parse(line.value) as ApiEvent);
    },
    [Symbol.dispose]: () => response.destroy(),
  };
}

/** What a client needs to know to be trusted and to trust, as PEM blocks. */
export interface TlsOptions {
  readonly ca: string;
  readonly cert?: string;
  readonly key?: string;
}

/** TLS options of a kubeconfig's one user. */
export function tlsOptions(cluster: SimulatedCluster, certificate = true): TlsOptions {
  const { clusters, users } = parse(cluster.kubeconfig) as {
    clusters: [{ cluster: Record<string, string> }];
    users: [{ user: Record<string, string> }];
  };
  const decode = (text: string | undefined) => Buffer.from(text ?? '', 'base64').toString('utf8');
  const { user } = users[0];
  return {
    ca: decode(clusters[0].cluster['certificate-authority-data']),
    ...(certificate && { cert: decode(user['client-certificate-data']), key: decode(user['client-key-data']) }),
  };
}

async function send(cluster: SimulatedCluster, path: string, question: ApiQuestion): Promise<IncomingMessage> {
  const { method = 'GET', body, certificate = true } = question;
  const tls = tlsOptions(cluster, certificate);
  // Node sends the body of a DELETE only with its length.
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const headers = { ...length, ...question.headers };
  const request = httpsRequest(`${cluster.server}${path}`, { method, headers, ...tls, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // A test that stops the cluster cuts its own watches off.
  response.on('error', () => undefined);
  return response;
}
