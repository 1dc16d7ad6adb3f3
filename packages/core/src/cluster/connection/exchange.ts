import type { ClientRequest, IncomingMessage } from 'node:http';
import { type PooledRequest, pooledRequestArgs } from './connection-pool.ts';
import { nodeHttp } from './node-http.ts';

/** One request on its way, with everything that goes over the wire. */
export interface ExchangeOptions extends PooledRequest {
  readonly body?: Buffer | undefined;
}

/**
 * Sends one HTTP request over a pooled connection and resolves with the answer's head. The body must be read to its end or destroyed.
 * A GET that meets a connection which the server has just closed is sent once more.
 *
 * @throws the dialer's errors, the system's, or the signal's reason
 */
export async function exchange(options: ExchangeOptions): Promise<IncomingMessage> {
  try {
    return await send(options);
  } catch (error) {
    const isRepeatable = options.method === 'GET' && error instanceof StaleConnectionError && !options.signal.aborted;
    if (isRepeatable) return send(options);
    throw error instanceof StaleConnectionError ? error.cause : error;
  }
}

class StaleConnectionError extends Error {}

function send(options: ExchangeOptions): Promise<IncomingMessage> {
  const { signal, body } = options;
  signal.throwIfAborted();
  const answer = Promise.withResolvers<IncomingMessage>();
  const request = nodeHttp.request(pooledRequestArgs(options));
  const onAbort = (): void => void request.destroy(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  request.once('response', answer.resolve);
  request.on('error', (error) =>
    answer.reject(isStaleConnection(request, error) ? new StaleConnectionError('', { cause: error }) : error),
  );
  request.once('close', () => signal.removeEventListener('abort', onAbort));
  request.end(body);
  return answer.promise;
}

/** Whether a request failed because its pooled connection had been closed by the server before. */
export function isStaleConnection(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}
