import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type PooledRequest, pooledRequestArgs } from './connection-pool.ts';
import { isStaleConnection } from './exchange.ts';
import { nodeHttp } from './node-http.ts';
import { readErrorBody } from './read-body.ts';

const MAX_ERROR_BYTES = 64 * 1024;

/** How the server answered: with the connection, or with a plain HTTP answer. */
export type UpgradeAnswer =
  | { readonly switched: true; readonly response: IncomingMessage; readonly socket: Socket; readonly head: Buffer }
  | { readonly switched: false; readonly status: number; readonly body: string };

/**
 * Asks for another protocol, on the idle connection of the last request where there is one: on a real cluster that saves the round trips
 * of a TLS handshake. After a switch the socket is out of the pool and carries nothing of Node's HTTP any more; after any other answer it
 * is closed. A pooled connection that the server has just closed is replaced by a new one.
 *
 * @throws the dialer's errors, the system's, or the signal's reason; no socket is left then
 */
export async function requestUpgrade(options: PooledRequest): Promise<UpgradeAnswer> {
  const first = sendUpgrade(options);
  try {
    return await answerOf(first, options);
  } catch (error) {
    if (options.signal.aborted || !isStaleConnection(first, error as NodeJS.ErrnoException)) throw error;
    return answerOf(sendUpgrade(options), options);
  }
}

function sendUpgrade(options: PooledRequest): ClientRequest {
  options.signal.throwIfAborted();
  return nodeHttp.request(pooledRequestArgs(options)).end();
}

async function answerOf(request: ClientRequest, { agent, signal }: PooledRequest): Promise<UpgradeAnswer> {
  const answer = Promise.withResolvers<UpgradeAnswer | IncomingMessage>();
  const onAbort = (): void => void request.destroy(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  request.once('upgrade', (response, socket, head) => {
    const own = socket;
    own.setTimeout(0); // the pool's limit for idle connections
    agent.dialer.release(own);
    answer.resolve({ switched: true, response, socket: own, head });
  });
  request.once('response', answer.resolve);
  request.on('error', answer.reject);
  try {
    const answered = await answer.promise;
    if ('switched' in answered) return answered;
    const { socket } = answered; // it leaves the answer with the end of the body
    const body = await readErrorBody({ response: answered, maxBytes: MAX_ERROR_BYTES });
    socket.destroy();
    return { switched: false, status: answered.statusCode ?? 0, body };
  } catch (error) {
    request.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
