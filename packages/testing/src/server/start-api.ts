import { type HttpsServer, type HttpsServerOptions, startHttpsServer } from './https-server.ts';
import { serveRequest } from './serve-request.ts';
import { serveUpgrade, type UpgradeContext } from './serve-upgrade.ts';

/** What {@link startApi} needs: how to listen, and what to answer from. */
export interface ApiOptions extends Pick<HttpsServerOptions, 'identity' | 'authority' | 'port'> {
  readonly context: UpgradeContext;
}

/** Starts the API server of a cluster on 127.0.0.1. */
export function startApi({ context, ...listen }: ApiOptions): Promise<HttpsServer> {
  return startHttpsServer({
    ...listen,
    onRequest: (request, response) => void serveRequest(context, { request, response }),
    onUpgrade: (request, socket, head) => void serveUpgrade(context, { request, socket, head }),
  });
}
