import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PodHandler } from '../pods/pod-handler.ts';
import { type AllowedCarriers, chooseCarrier, STREAM_PROTOCOL, TUNNEL_PROTOCOL } from './choose-carrier.ts';
import { startLegacyPortForward } from './legacy/legacy-port-forward.ts';
import { PodConnections } from './pod-connections.ts';
import type { PortForwardBehaviour } from './port-forward-behaviour.ts';
import type { PortForwardRefusal, PortForwardSession } from './port-forward-session.ts';
import { startSpdyPortForward } from './spdy-port-forward.ts';
import { acceptWebSocket } from './websocket/accept-websocket.ts';
import { tunnelStream } from './websocket/tunnel-stream.ts';

export type { PortForwardBehaviour } from './port-forward-behaviour.ts';
export type { PortForwardCarrier, PortForwardRefusal, PortForwardSession } from './port-forward-session.ts';

/** What {@link servePortForward} needs. */
export interface ServePortForwardOptions {
  readonly request: IncomingMessage;
  /** The socket of node:http's `upgrade` event. */
  readonly socket: Duplex;
  /** The bytes that came after the request. */
  readonly head: Buffer;
  readonly podName: string;
  readonly namespace: string;
  /** The sandbox id that error texts name. @default a random one */
  readonly podId?: string;
  /**
   * The handler behind a port. `undefined` refuses the connection; when it throws, the message goes to the client as
   * the reason why this one connection failed.
   */
  readonly findHandler: (port: number) => PodHandler | undefined;
  readonly behaviour: PortForwardBehaviour;
  readonly allow: AllowedCarriers;
  /** Called with protocol errors of the client and with what handlers throw. */
  readonly onError: (error: Error) => void;
}

/**
 * Upgrades a port-forward request to the carrier that it asks for and connects what comes over it to the handlers of a
 * pod. When the request cannot be upgraded, nothing is written: the caller answers.
 */
export function servePortForward(options: ServePortForwardOptions): PortForwardSession | PortForwardRefusal {
  const { request, socket, head, podName, behaviour, onError } = options;
  const choice = chooseCarrier(options);
  if ('refused' in choice) return choice;
  const pods = new PodConnections({ ...options, podId: options.podId ?? randomBytes(32).toString('hex') });
  const spdy = { podName, pods, failure: behaviour.failure, onError };
  if (choice.carrier === 'spdy') {
    switchToSpdy({ socket, head });
    return startSpdyPortForward({ ...spdy, carrier: 'spdy', duplex: socket });
  }
  const protocol = choice.carrier === 'websocket-tunnel' ? TUNNEL_PROTOCOL : choice.protocol;
  const websocket = acceptWebSocket({ request, socket, head, protocol, onError });
  if ('wrong' in websocket) return { refused: { status: 400, message: websocket.wrong } };
  if (choice.carrier === 'websocket-tunnel') {
    return startSpdyPortForward({ ...spdy, carrier: 'websocket-tunnel', duplex: tunnelStream(websocket) });
  }
  return startLegacyPortForward({ websocket, ports: choice.ports, podName, pods, onError });
}

function switchToSpdy({ socket, head }: { socket: Duplex; head: Buffer }): void {
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Connection: Upgrade',
    'Upgrade: SPDY/3.1',
    `X-Stream-Protocol-Version: ${STREAM_PROTOCOL}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  if (head.length > 0) socket.unshift(head);
}
