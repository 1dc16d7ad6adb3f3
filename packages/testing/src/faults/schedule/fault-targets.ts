import type { Tunnel } from '../tunnels/tunnel.ts';

/** What of the cluster the steps of a schedule reach for beyond its faults. */
export interface FaultTargets {
  /** The open tunnels, in the order in which they began. */
  readonly tunnels: () => readonly Tunnel[];
  /** All pods. */
  readonly pods: () => readonly { readonly namespace: string; readonly name: string }[];
  readonly deletePod: (pod: { namespace: string; name: string; graceMs: number }) => Promise<void>;
  readonly restartServer: (options: { readonly downMs: number }) => Promise<void>;
}
