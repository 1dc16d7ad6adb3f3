import type { KubernetesObject, ObjectInput } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';
import { type ObjectWatchOptions, watchObjects } from '../state/object-watch.ts';
import type { ResourceKind } from '../state/resource-kind.ts';

/** The objects of one kind in the form in which clients see them, whatever the form is in which they are kept. */
export class ServedObjects {
  readonly #store: ObjectStore;
  readonly #kind: ResourceKind;

  constructor({ store, kind }: { readonly store: ObjectStore; readonly kind: ResourceKind }) {
    this.#store = store;
    this.#kind = kind;
  }

  /** Names an object as the store knows it. */
  key({ namespace, name }: Omit<ObjectKey, 'kind'>): ObjectKey {
    return { kind: this.#kind.storedAs?.kind ?? this.#kind, namespace, name };
  }

  get(name: Omit<ObjectKey, 'kind'>): KubernetesObject | undefined {
    const object = this.#store.get(this.key(name));
    return object && this.served(object);
  }

  /** Of all namespaces when none is given. */
  list({ namespace }: { readonly namespace: string | undefined }): readonly KubernetesObject[] {
    const { kind } = this.key({ namespace, name: '' });
    return this.#store.list({ kind, namespace }).map((object) => this.served(object));
  }

  /** @throws StatusError as {@link ObjectStore.add}. */
  add(object: ObjectInput): KubernetesObject {
    return this.served(this.#store.add(this.#stored(object)));
  }

  /** @throws StatusError as {@link ObjectStore.replace}. */
  replace(object: ObjectInput): KubernetesObject {
    return this.served(this.#store.replace(this.#stored(object)));
  }

  /** What {@link add} or {@link replace} would make of an object. */
  preview(object: ObjectInput): KubernetesObject {
    return this.served(this.#store.preview(this.#stored(object)));
  }

  /** @throws StatusError 404. */
  remove(name: Omit<ObjectKey, 'kind'>): KubernetesObject {
    return this.served(this.#store.remove(this.key(name)));
  }

  /** Tells changes; @returns a function that ends that. @throws StatusError 410 as {@link watchObjects}. */
  watch({ after, selects, onChange }: Omit<ObjectWatchOptions, 'store' | 'kind'>): () => void {
    return watchObjects({
      store: this.#store,
      kind: this.key({ namespace: undefined, name: '' }).kind,
      after,
      selects: (object) => selects(this.served(object)),
      onChange: ({ type, object }) => onChange({ type, object: this.served(object) }),
    });
  }

  /** An object of the store as clients see it. */
  served(object: KubernetesObject): KubernetesObject {
    return this.#kind.storedAs?.fromStored(object) ?? object;
  }

  #stored(object: ObjectInput): ObjectInput {
    return this.#kind.storedAs?.toStored(object) ?? object;
  }
}
