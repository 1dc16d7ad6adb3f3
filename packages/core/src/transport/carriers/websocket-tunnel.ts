import type { DialOptions } from '../dial-options.ts';
import { SpdySession } from '../spdy/spdy-session.ts';
import type { Tunnel } from '../tunnel.ts';
import { upgradeToWebSocket } from '../websocket/upgrade-to-websocket.ts';
import { WebSocketChannel } from '../websocket/websocket-channel.ts';

/** SPDY/3.1 inside a WebSocket (KEP-4006): beta and on by default since Kubernetes 1.31. RBAC verb `get`, from 1.35 also `create`. */
export async function dialWebSocketTunnel(options: DialOptions): Promise<Tunnel> {
  const { socket, head } = await upgradeToWebSocket({ ...options, subprotocol: 'SPDY/3.1+portforward.k8s.io' });
  const channel = new WebSocketChannel({ socket, head, flushQueue: options.flushQueue });
  return new SpdySession({ carrier: 'websocket-tunnel', channel });
}
