import { UpgradeRefusedError } from '../errors/transport-errors.ts';
import type { Carrier } from '../model/forward-info.ts';
import type { CarrierMemory } from './carriers/carrier-memory.ts';
import { dialLegacyWebSocket } from './carriers/legacy-websocket.ts';
import { dialSpdy } from './carriers/spdy.ts';
import { dialWebSocketTunnel } from './carriers/websocket-tunnel.ts';
import type { DialOptions } from './dial-options.ts';
import type { Tunnel } from './tunnel.ts';

const DIALLERS: Readonly<Record<Carrier, (options: DialOptions) => Promise<Tunnel>>> = {
  'websocket-tunnel': dialWebSocketTunnel,
  spdy: dialSpdy,
  'legacy-websocket': dialLegacyWebSocket,
};
const ORDER: readonly Carrier[] = ['websocket-tunnel', 'spdy', 'legacy-websocket'];
/** Whether a legacy GET on the same path would get the same answer as the tunnel's GET did, or the server is merely in trouble now. */
function isFinalForGet(status: number | undefined): boolean {
  return status !== undefined && (status === 403 || status === 404 || status === 429 || status >= 500);
}

/**
 * Opens a tunnel to a pod by the best carrier that the cluster takes: SPDY in a WebSocket, raw SPDY, legacy WebSocket. An answer that is
 * no upgrade leads to the next one; a failed connection, certificate, proxy or login does not, since it would fail them all.
 *
 * When all are refused, the error is that of raw SPDY, which every server understands, so its answer is about the request and not about
 * the carrier (kubectl does the same).
 */
export async function dialTunnel(options: DialOptions & { readonly carriers: CarrierMemory }): Promise<Tunnel> {
  const { carriers, cluster } = options;
  const remembered = carriers.recall(cluster.identity);
  const refusals = new Map<Carrier, UpgradeRefusedError>();
  for (const carrier of new Set([...(remembered ? [remembered] : []), ...ORDER])) {
    const tunnelStatus = refusals.get('websocket-tunnel')?.status;
    if (carrier === 'legacy-websocket' && isFinalForGet(tunnelStatus)) continue;
    try {
      const tunnel = await DIALLERS[carrier](options);
      carriers.remember(cluster.identity, carrier);
      return tunnel;
    } catch (error) {
      if (!(error instanceof UpgradeRefusedError)) throw error;
      refusals.set(carrier, error);
    }
  }
  const refusal = refusals.get('spdy') ?? [...refusals.values()].at(-1);
  throw refusal?.cause instanceof Error ? refusal.cause : refusal;
}
