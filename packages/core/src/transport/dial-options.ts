import type { Cluster } from '../cluster/cluster.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import type { FlushQueue } from './flush-queue.ts';

/** What every carrier needs to dial a tunnel. */
export interface DialOptions extends AbortOptions {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly podName: string;
  /** The port inside the pod that the first connection is for; a legacy WebSocket leads only there. */
  readonly port: number;
  readonly flushQueue: FlushQueue;
}

/** The endpoint of a pod's port-forward. */
export function portForwardPath(options: Pick<DialOptions, 'namespace' | 'podName'>): string {
  return `/api/v1/namespaces/${encodeURIComponent(options.namespace)}/pods/${encodeURIComponent(options.podName)}/portforward`;
}
