import type { AbortOptions } from '../../lifecycle/abort-options.ts';
import type { RemotePort, ResolvedPort } from '../../model/target.ts';
import type { Cluster } from '../cluster.ts';
import type { Pod } from './pod.ts';

/** What every kind of target needs to be resolved. */
export interface TargetRequest extends AbortOptions {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly ports: readonly RemotePort[];
  /** How long to wait for a pod that can be used, in milliseconds; 0 does not wait. */
  readonly podRunningTimeoutMs: number;
}

/** A pod that was chosen, and each requested port as a number inside it. */
export interface ChosenPod {
  readonly pod: Pod;
  readonly ports: readonly ResolvedPort[];
}
