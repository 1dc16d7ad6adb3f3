import type { Duplex } from 'node:stream';
import type { PodConnections } from './pod-connections.ts';
import type { PortForwardBehaviour } from './port-forward-behaviour.ts';
import type { PortForwardCarrier, PortForwardSession } from './port-forward-session.ts';
import { SpdySession } from './spdy/spdy-session.ts';
import { StreamPairs } from './stream-pairs.ts';

/** What {@link startSpdyPortForward} needs. */
export interface SpdyPortForwardOptions {
  readonly carrier: Exclude<PortForwardCarrier, 'legacy-websocket'>;
  /** Carries the SPDY frames: the upgraded socket, or the tunnel. Destroyed with the session. */
  readonly duplex: Duplex;
  readonly podName: string;
  readonly pods: PodConnections;
  readonly failure: PortForwardBehaviour['failure'];
  readonly onError: (error: Error) => void;
}

/** Serves `portforward.k8s.io`: any number of connections over one SPDY session, two streams each. */
export function startSpdyPortForward(options: SpdyPortForwardOptions): PortForwardSession {
  const { carrier, duplex, podName, pods, failure, onError } = options;
  const pairs = new StreamPairs({ failure, onConnection: (connection) => pods.open(connection) });
  const session = new SpdySession({
    carrier: duplex,
    admit: (headers, streamId) => pairs.admit(headers, streamId),
    onStream: (stream) => pairs.add(stream),
    onError,
  });
  const closed = session.closed.then(() => {
    pairs.close();
    return pods.destroy();
  });
  return {
    carrier,
    podName,
    get streams() {
      return pods.size;
    },
    ping: () => session.ping(),
    destroy: () => void duplex.destroy(),
    closed,
  };
}
