import type { Cluster } from '../cluster/cluster.ts';
import type { KforgeError } from '../errors/kforge-error.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import type { Logger } from '../log/logger.ts';
import type { ConnectionInfo } from '../model/forward-events.ts';
import type { CarrierMemory } from '../transport/carriers/carrier-memory.ts';
import type { FlushQueue } from '../transport/flush-queue.ts';
import type { WatchdogLimits } from '../transport/pool/tunnel-watchdog.ts';
import type { ConnectionClosed } from './connections.ts';

/** A cluster that others may use too; `release` gives it back. */
export interface ClusterLease {
  readonly cluster: Cluster;
  release(): Promise<void>;
}

/** What a forward needs of the world. */
export interface ForwardDependencies {
  readonly leaseCluster: (options: AbortOptions & { readonly context: string | undefined }) => Promise<ClusterLease>;
  readonly carriers: CarrierMemory;
  readonly flushQueue: FlushQueue;
  readonly watchdog: WatchdogLimits;
  readonly logger: Logger;
}

/** What a forward reports. */
export interface ForwardObserver {
  onChanged(): void;
  onDisconnected(error: KforgeError, retryInMs: number): void;
  onConnectionOpened(connection: ConnectionInfo): void;
  onConnectionClosed(event: ConnectionClosed): void;
}
