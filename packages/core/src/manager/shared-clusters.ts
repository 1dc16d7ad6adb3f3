import type { Cluster } from '../cluster/cluster.ts';
import { type OpenClusterOptions, openCluster } from '../cluster/open-cluster.ts';
import type { ClusterLease } from '../forward/forward-dependencies.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import { untilAborted } from '../lifecycle/deadline.ts';

interface SharedCluster {
  readonly opening: Promise<Cluster>;
  leases: number;
}

/**
 * The clusters that forwards use, one for each context however many forwards: one set of connections, one run of a credential plugin. A
 * cluster is closed with its last lease, so the next start reads the kubeconfig anew.
 */
export class SharedClusters {
  readonly #options: Omit<OpenClusterOptions, 'context' | 'signal'>;
  readonly #clusters = new Map<string, SharedCluster>();

  constructor(options: Omit<OpenClusterOptions, 'context' | 'signal'>) {
    this.#options = options;
  }

  /** Opens the cluster of a context, or takes part in the one that is open. */
  async lease(options: AbortOptions & { readonly context: string | undefined }): Promise<ClusterLease> {
    const key = options.context ?? '';
    const shared = this.#clusters.get(key) ?? this.#open(key, options.context);
    shared.leases += 1;
    let released = false;
    const release = async (): Promise<void> => {
      if (released) return;
      released = true;
      shared.leases -= 1;
      if (shared.leases > 0) return;
      if (this.#clusters.get(key) === shared) this.#clusters.delete(key);
      const cluster = await shared.opening.catch(() => undefined); // that it did not open was told to who leased it
      await cluster?.close();
    };
    try {
      return { cluster: await untilAborted(shared.opening, options.signal), release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  #open(key: string, context: string | undefined): SharedCluster {
    const shared = {
      opening: openCluster({ ...this.#options, ...(context === undefined ? {} : { context }) }),
      leases: 0,
    };
    this.#clusters.set(key, shared);
    return shared;
  }
}
