import type { StoreEvent } from '../state/event-history.ts';
import type { ObjectInput } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';
import { takesObjects } from './make-pod.ts';

/** Writes objects and remembers which versions of them it wrote, so that a controller knows its own changes from those of others. */
export class OwnWrites {
  readonly #store: ObjectStore;
  readonly #versions = new Map<string, string>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** Adds an object or puts it in the place of another version; nothing new is added to a namespace that is going. */
  write(wanted: ObjectInput): void {
    const key = this.#store.keyOf(wanted);
    const exists = this.#store.get(key) !== undefined;
    if (!exists && !takesObjects(this.#store, key.namespace)) return;
    const { uid, resourceVersion } = (exists ? this.#store.replace(wanted) : this.#store.add(wanted)).metadata;
    this.#versions.set(uid, resourceVersion);
  }

  /** Removes an object, if it is there. */
  remove(key: ObjectKey): void {
    const object = this.#store.get(key);
    if (!object) return;
    this.#versions.delete(object.metadata.uid);
    this.#store.remove(key);
  }

  /** Whether a change was made here. */
  made({ type, object: { metadata } }: StoreEvent): boolean {
    const version = this.#versions.get(metadata.uid);
    if (type !== 'DELETED') return version === metadata.resourceVersion;
    this.#versions.delete(metadata.uid);
    return version === undefined;
  }
}
