import type { StoreEvent } from '../state/event-history.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';

/** Who owns what among all objects of a store. */
export class OwnerGraph {
  readonly #store: ObjectStore;
  readonly #keys = new Map<string, ObjectKey>();
  readonly #dependents = new Map<string, Set<string>>();

  constructor({ store, signal }: { readonly store: ObjectStore; readonly signal: AbortSignal }) {
    this.#store = store;
    signal.addEventListener(
      'abort',
      store.subscribe((event) => this.#follow(event)),
      { once: true },
    );
  }

  /** The object with a uid, if it is there. */
  find(uid: string): KubernetesObject | undefined {
    const key = this.#keys.get(uid);
    const object = key && this.#store.get(key);
    return object?.metadata.uid === uid ? object : undefined;
  }

  /** What refers to an owner, whether that is still there or not. */
  dependentsOf(uid: string): readonly KubernetesObject[] {
    return [...(this.#dependents.get(uid) ?? [])].flatMap((dependent) => this.find(dependent) ?? []);
  }

  #follow({ type, kind, object, previous }: StoreEvent): void {
    const { uid, namespace, name, ownerReferences = [] } = object.metadata;
    if (previous && (type === 'DELETED' || previous.metadata.ownerReferences !== object.metadata.ownerReferences)) {
      for (const owner of previous.metadata.ownerReferences ?? []) this.#cut(owner.uid, uid);
    }
    if (type === 'DELETED') {
      this.#keys.delete(uid);
      return;
    }
    this.#keys.set(uid, { kind, namespace, name });
    for (const owner of ownerReferences) {
      this.#dependents.set(owner.uid, (this.#dependents.get(owner.uid) ?? new Set()).add(uid));
    }
  }

  #cut(owner: string, dependent: string): void {
    const dependents = this.#dependents.get(owner);
    dependents?.delete(dependent);
    if (dependents?.size === 0) this.#dependents.delete(owner);
  }
}
