import type { RemotePort, Target } from './target.ts';

/** One local port and where it leads. */
export interface PortMapping {
  /** The local port; 0 for one that the system chooses, `same` for the number that the name of the remote port stands for. */
  readonly localPort: number | 'same';
  readonly remotePort: RemotePort;
}

/** A forward as it was asked for: normalised, complete, never changed. */
export interface ForwardSpec {
  /** The kubeconfig's context, `undefined` for its current one. */
  readonly context: string | undefined;
  /** The namespace, `undefined` for the context's. */
  readonly namespace: string | undefined;
  readonly target: Target;
  readonly ports: readonly PortMapping[];
  /** Addresses to listen on; `localhost` means 127.0.0.1 and ::1. */
  readonly addresses: readonly string[];
  /** Only checked: this container must declare the port. Ports belong to the pod. */
  readonly containerName: string | undefined;
  /** How long a start may take, in milliseconds. */
  readonly startTimeoutMs: number;
  /** How long a start waits for a pod that runs, in milliseconds; part of the start limit. */
  readonly podRunningTimeoutMs: number;
  /** How long the pod must be silent before a local half-close is passed on, in milliseconds; 0 passes it on at once. */
  readonly finHoldMs: number;
}
