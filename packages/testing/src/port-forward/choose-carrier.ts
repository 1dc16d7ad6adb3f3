import type { IncomingMessage } from 'node:http';
import type { PortForwardRefusal } from './port-forward-session.ts';
import { requestedPorts } from './requested-ports.ts';

/** The subprotocol of the tunnel (KEP-4006). */
export const TUNNEL_PROTOCOL = 'SPDY/3.1+portforward.k8s.io';
/** The stream protocol inside SPDY. */
export const STREAM_PROTOCOL = 'portforward.k8s.io';
const LEGACY_PROTOCOL = 'v4.channel.k8s.io';

/** What a simulated server still, or already, speaks. A carrier that is not allowed is one the server does not know. */
export interface AllowedCarriers {
  readonly tunnel: boolean;
  readonly spdy: boolean;
  readonly legacy: boolean;
}

/** What a request asks for, as far as it is allowed. */
export type CarrierChoice =
  | { readonly carrier: 'websocket-tunnel' }
  | { readonly carrier: 'spdy' }
  | { readonly carrier: 'legacy-websocket'; readonly ports: readonly number[]; readonly protocol: string | undefined }
  | PortForwardRefusal;

/** Decides from the headers and the query of a request, with the answers of the real server where it refuses. */
export function chooseCarrier({ request, allow }: { request: IncomingMessage; allow: AllowedCarriers }): CarrierChoice {
  const upgrade = request.headers.upgrade?.toLowerCase();
  if (upgrade === 'websocket') return chooseWebSocket({ request, allow });
  if (upgrade === 'spdy/3.1' && allow.spdy) return chooseSpdy(request);
  return refuse(400, 'Upgrade request required');
}

function chooseWebSocket({ request, allow }: { request: IncomingMessage; allow: AllowedCarriers }): CarrierChoice {
  const offered = listed(request.headers['sec-websocket-protocol']);
  if (allow.tunnel && offered.includes(TUNNEL_PROTOCOL)) return { carrier: 'websocket-tunnel' };
  const ports = requestedPorts(request.url ?? '/');
  if ('wrong' in ports) return refuse(400, ports.wrong);
  if (!allow.legacy) return refuse(400, 'Upgrade request required');
  if (offered.length === 0) return { carrier: 'legacy-websocket', ports: ports.ports, protocol: undefined };
  if (!offered.includes(LEGACY_PROTOCOL)) return notOffered({ offered, accepted: LEGACY_PROTOCOL });
  return { carrier: 'legacy-websocket', ports: ports.ports, protocol: LEGACY_PROTOCOL };
}

function chooseSpdy(request: IncomingMessage): CarrierChoice {
  const { host: _host, ...headers } = request.headers;
  const offered = listed(headers['x-stream-protocol-version']);
  if (offered.length === 0) {
    const count = Object.keys(headers).length;
    const missing = `header X-Stream-Protocol-Version does not exist in request with ${count} headers`;
    return refuse(400, `unable to upgrade: ${missing}`);
  }
  if (!offered.includes(STREAM_PROTOCOL)) {
    const { refused } = notOffered({ offered, accepted: STREAM_PROTOCOL });
    return { refused: { ...refused, headers: { 'x-accepted-stream-protocol-versions': STREAM_PROTOCOL } } };
  }
  return { carrier: 'spdy' };
}

function notOffered({ offered, accepted }: { offered: readonly string[]; accepted: string }): PortForwardRefusal {
  const both = `client supports [${offered.join(' ')}], server accepts [${accepted}]`;
  return refuse(403, `unable to upgrade: unable to negotiate protocol: ${both}`);
}

function refuse(status: number, message: string): PortForwardRefusal {
  return { refused: { status, message } };
}

function listed(header: string | readonly string[] | undefined): readonly string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
