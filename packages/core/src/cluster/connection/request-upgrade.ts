import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Dialer } from './dialer.ts';
import type { Endpoint } from './endpoint.ts';
import { nodeHttp } from './node-http.ts';
import { readErrorBody } from './read-body.ts';

const MAX_ERROR_BYTES = 64 * 1024;

/** How the server answered: with the connection, or with a plain HTTP answer. */
export type UpgradeAnswer =
  | { readonly switched: true; readonly response: IncomingMessage; readonly socket: Socket; readonly head: Buffer }
  | { readonly switched: false; readonly status: number; readonly body: string };

/**
 * Asks for another protocol on a connection of its own. After a switch the socket carries nothing of Node's HTTP any more; after any
 * other answer it is closed.
 *
 * @throws the dialer's errors, the system's, or the signal's reason; no socket is left then
 */
export async function requestUpgrade(options: {
  readonly endpoint: Endpoint;
  readonly dialer: Dialer;
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly signal: AbortSignal;
}): Promise<UpgradeAnswer> {
  const { endpoint, dialer, signal } = options;
  const socket = await dialer.dial({ signal });
  const answer = Promise.withResolvers<UpgradeAnswer | IncomingMessage>();
  const request = nodeHttp.request({
    createConnection: () => socket,
    method: options.method,
    path: endpoint.basePath + options.path,
    headers: { Host: endpoint.authority, ...options.headers },
  });
  const onAbort = (): void => void request.destroy(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  request.once('upgrade', (response, _socket, head) => answer.resolve({ switched: true, response, socket, head }));
  request.once('response', answer.resolve);
  request.on('error', answer.reject);
  request.end();
  try {
    const answered = await answer.promise;
    if ('switched' in answered) {
      dialer.release(socket);
      return answered;
    }
    const body = await readErrorBody({ response: answered, maxBytes: MAX_ERROR_BYTES });
    socket.destroy();
    return { switched: false, status: answered.statusCode ?? 0, body };
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
