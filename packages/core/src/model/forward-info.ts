import type { RemotePort, Target } from './target.ts';

/**
 * The five states of a forward.
 *
 * - `connecting`: being started; nothing is promised yet
 * - `connected`: a tunnel to the pod is open and answers
 * - `disconnected`: the tunnel is lost, the local port stays, the next attempt is under way
 * - `error`: it cannot go on by itself; `error` says why
 * - `stopped`: ended on request
 */
export type PortForwardStatus = 'connecting' | 'connected' | 'disconnected' | 'error' | 'stopped';

/** The three ways to carry port-forward streams to an API server, best first. */
export type Carrier = 'websocket-tunnel' | 'spdy' | 'legacy-websocket';

/** One mapping of a running forward, with the ports that are really in use. */
export interface ForwardedPort {
  /** The port that listens on this machine. */
  readonly localPort: number;
  /** The remote port as it was asked for. */
  readonly requestedPort: RemotePort;
  /** The port inside the pod. */
  readonly remotePort: number;
}

/** Counters of one forward since it started. */
export interface ForwardTraffic {
  /** Bytes from the pod to local programs. */
  readonly bytesReceived: number;
  /** Bytes from local programs to the pod. */
  readonly bytesSent: number;
  /** Local connections that are open now. */
  readonly openConnections: number;
  /** Local connections accepted so far. */
  readonly totalConnections: number;
  /** Connections that failed: refused or reset in the pod, or lost with a tunnel. */
  readonly failedConnections: number;
}

/** A snapshot of a forward. It never changes; ask again for news. */
export interface PortForwardInfo {
  /** Unique while the process lives; a UUID. */
  readonly id: string;
  /** The pod that connections go to now, or went to last; empty while none was found yet. */
  readonly podName: string;
  readonly namespace: string;
  readonly context: string;
  /** What was asked for. */
  readonly target: Target;
  /** The first local port. */
  readonly localPort: number;
  /** The first remote port, as the pod knows it. */
  readonly remotePort: number;
  readonly ports: readonly ForwardedPort[];
  /** The addresses that listen, as IP addresses. */
  readonly addresses: readonly string[];
  readonly status: PortForwardStatus;
  /** Why it is `disconnected` or in `error`, as a sentence. */
  readonly error?: string | undefined;
  /** Seconds since `startTime`, reckoned when the snapshot was made. */
  readonly uptime: number;
  /** When the forward was established. */
  readonly startTime: Date;
  /** When bytes last went through it. */
  readonly lastActivity?: Date | undefined;
  /** What carries the bytes to the cluster, while a tunnel is open. */
  readonly carrier?: Carrier | undefined;
  readonly traffic: ForwardTraffic;
  /** What went wrong with the last connection that failed. */
  readonly lastConnectionError?: string | undefined;
}
