import { EventEmitter } from 'node:events';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { ProxyFailedError } from '../../errors/cluster-errors.ts';
import { untilAborted } from '../../lifecycle/deadline.ts';
import type { Endpoint } from './endpoint.ts';

interface ProxyConnectionOptions {
  readonly endpoint: Endpoint;
  readonly proxy: URL;
  readonly signal: AbortSignal;
}

/**
 * Opens a plain connection to the server through a proxy; TLS with the server is the caller's business. The proxy resolves the server's
 * name, also for `socks5`, as in Go.
 *
 * @throws {ProxyFailedError} when the proxy is not reached or says no; the signal's reason when it aborts
 */
export async function connectThroughProxy(options: ProxyConnectionOptions): Promise<Socket> {
  const { proxy, signal } = options;
  signal.throwIfAborted();
  const opening = proxy.protocol.startsWith('socks') ? connectSocks(options) : connectHttp(options);
  opening.then(
    (socket) => signal.aborted && socket.destroy(),
    () => undefined, // told to the caller below
  );
  try {
    return await untilAborted(opening, signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new ProxyFailedError({ proxy: `${proxy.protocol}//${proxy.host}`, reason: reasonOf(error), cause: error });
  }
}

async function connectHttp(options: ProxyConnectionOptions): Promise<Socket> {
  const { endpoint, proxy, signal } = options;
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const agent = new HttpsProxyAgent(proxy, {
    signal,
    // as in Go, a proxy with TLS may be of the cluster's authority; unlike there, also of any that Node trusts
    ...(endpoint.certificateAuthority === undefined
      ? {}
      : { ca: [...rootCertificates, endpoint.certificateAuthority] }),
    ...(endpoint.insecureSkipTlsVerify ? { rejectUnauthorized: false } : {}),
  });
  const request = requestStandIn();
  const answered = new Promise<{ statusCode: number; statusText: string }>((resolve) => {
    request.once('proxyConnect', resolve);
  });
  const socket = await agent.connect(request, { host: endpoint.host, port: endpoint.port, secureEndpoint: false });
  const { statusCode, statusText } = await answered;
  if (statusCode === 200) return socket;
  socket.destroy();
  throw new Error(`it answered ${statusCode} ${statusText}`.trim());
}

async function connectSocks(options: ProxyConnectionOptions): Promise<Socket> {
  const { endpoint, proxy } = options;
  const { SocksProxyAgent } = await import('socks-proxy-agent');
  const agent = new SocksProxyAgent(proxy.href.replace(/^socks5:/, 'socks5h:'));
  return agent.connect(requestStandIn(), { host: endpoint.host, port: endpoint.port, secureEndpoint: false });
}

/** The agents announce their progress on the request that they connect for; here there is none yet. */
function requestStandIn(): ClientRequest {
  return new EventEmitter() as unknown as ClientRequest;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved',
  ECONNRESET: 'it cut the connection',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? (code === '' ? message : code);
}
