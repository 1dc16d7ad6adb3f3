import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** The largest message that is taken, in bytes: one whole SPDY frame of the largest size. */
const MAX_MESSAGE = 16 * 1024 * 1024 + 8;

/** What {@link acceptWebSocket} needs. */
export interface AcceptWebSocketOptions {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  /** The subprotocol for the answer; `undefined` when the client asked for none. */
  readonly protocol: string | undefined;
  /** Called with what the client does against RFC 6455; the connection is closed then. */
  readonly onError: (error: Error) => void;
}

/**
 * Answers a WebSocket handshake (RFC 6455).
 *
 * @returns the open WebSocket, or what is wrong with the request; then nothing was written.
 */
export function acceptWebSocket(options: AcceptWebSocketOptions): WebSocket | { readonly wrong: string } {
  const { request, socket, head, protocol, onError } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE,
  });
  let result: WebSocket | { wrong: string } = { wrong: 'the WebSocket handshake failed' };
  server.on('wsClientError', (error) => {
    result = { wrong: error.message };
  });
  server.on('headers', (headers) => {
    if (protocol !== undefined) headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
  });
  server.handleUpgrade(withoutProtocols(request), socket, head, (websocket) => {
    websocket.on('error', onError);
    result = websocket;
  });
  return result;
}

/** The slash in the tunnel's subprotocol is against RFC 6455, and ws refuses it; so ws is not shown what is already settled. */
function withoutProtocols(request: IncomingMessage): IncomingMessage {
  const { 'sec-websocket-protocol': _settled, ...headers } = request.headers;
  return Object.create(request, { headers: { value: headers } }) as IncomingMessage;
}
