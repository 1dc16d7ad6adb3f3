import type { DialOptions } from '../dial-options.ts';
import type { Tunnel } from '../tunnel.ts';
import { upgradeToWebSocket } from '../websocket/upgrade-to-websocket.ts';
import { WebSocketChannel } from '../websocket/websocket-channel.ts';
import { LegacyTunnel } from './legacy-tunnel.ts';

/** `v4.channel.k8s.io`: the last resort, one WebSocket for each connection. The server connects to the pod's port at once. */
export async function dialLegacyWebSocket(options: DialOptions): Promise<Tunnel> {
  const { socket, head } = await upgradeToWebSocket({
    ...options,
    subprotocol: 'v4.channel.k8s.io',
    query: { ports: String(options.port) },
  });
  const channel = new WebSocketChannel({ socket, head, flushQueue: options.flushQueue });
  return new LegacyTunnel({ channel, port: options.port });
}
