import type { StoreEvent } from '../state/event-history.ts';
import type { ServiceObject } from '../state/kubernetes-object.ts';
import { isBehind, selectsPods } from './endpoint.ts';

/** The names of pods that have changed for a service; `all` when the service itself has. */
export type ChangedPods = ReadonlySet<string> | 'all';

/** Remembers which pods have changed for which services, so that a service need not look at all of its pods each time. */
export class ServicesOfPods {
  readonly #services = new Map<string, Map<string, ServiceObject>>();
  readonly #changed = new Map<string, Set<string> | 'all'>();

  /** Takes note of a change. @returns the services that it affects, as `namespace/name` */
  *note({ type, object, previous }: StoreEvent): Iterable<string> {
    const { namespace = '', name, labels } = object.metadata;
    const services = this.#services.get(namespace) ?? new Map<string, ServiceObject>();
    if (object.kind === 'Service') {
      this.#services.set(namespace, services);
      if (type === 'DELETED') services.delete(name);
      else services.set(name, object as ServiceObject);
      yield this.forget(`${namespace}/${name}`);
    }
    if (object.kind !== 'Pod') return;
    for (const service of services.values()) {
      if (!selectsPods(service)) continue;
      if (!isBehind(service, labels) && !(previous && isBehind(service, previous.metadata.labels))) continue;
      const key = `${namespace}/${service.metadata.name}`;
      const changed = this.#changed.get(key) ?? new Set();
      this.#changed.set(key, changed);
      if (changed !== 'all') changed.add(name);
      yield key;
    }
  }

  /** Marks all pods of a service as changed. @returns the service */
  forget(key: string): string {
    this.#changed.set(key, 'all');
    return key;
  }

  /** What has changed for a service since the last call. */
  take(key: string): ChangedPods {
    const changed = this.#changed.get(key) ?? new Set<string>();
    this.#changed.delete(key);
    return changed;
  }
}
