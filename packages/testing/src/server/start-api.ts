import { type HttpsServer, type HttpsServerOptions, startHttpsServer } from './https-server.ts';
import { serveRequest } from './serve-request.ts';
import { type PortForwardSettings, serveUpgrade } from './serve-upgrade.ts';
import type { ServerContext } from './server-context.ts';

/** What {@link startApi} needs: how to listen, and what to answer from. */
export interface ApiOptions extends Pick<HttpsServerOptions, 'identity' | 'authority' | 'port'> {
  readonly context: ServerContext & { readonly portForward: PortForwardSettings };
}

/** Starts the API server of a cluster on 127.0.0.1. */
export function startApi({ context, ...listen }: ApiOptions): Promise<HttpsServer> {
  return startHttpsServer({
    ...listen,
    onRequest: (request, response) => void serveRequest(context, { request, response }),
    onUpgrade: (request, socket, head) => serveUpgrade(context, { request, socket, head }),
  });
}
