import type { Carrier } from '../../model/forward-info.ts';

/** Which carrier worked last on each cluster, so that a later dial does not ask for what the server refuses. */
export class CarrierMemory {
  readonly #carriers = new Map<string, Carrier>();

  /** The carrier that worked, or `undefined` when none is known. `identity` is {@link Cluster.identity}. */
  recall(identity: string): Carrier | undefined {
    return this.#carriers.get(identity);
  }

  remember(identity: string, carrier: Carrier): void {
    this.#carriers.set(identity, carrier);
  }
}
