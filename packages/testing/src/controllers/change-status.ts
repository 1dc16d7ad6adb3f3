import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';

/** Writes the status of an object, if that is still there. Without a difference nothing happens. */
export function changeStatus(options: {
  readonly store: ObjectStore;
  readonly object: KubernetesObject;
  readonly status: Readonly<Record<string, unknown>>;
}): void {
  const current = currentOf(options);
  if (current) options.store.replace({ ...current, status: options.status });
}

/** The object as it is now; `undefined` when it is gone, even if another one has its name. */
export function currentOf(options: {
  readonly store: ObjectStore;
  readonly object: KubernetesObject;
}): KubernetesObject | undefined {
  const { store, object } = options;
  const kind = store.kinds.find(object);
  const { namespace, name, uid } = object.metadata;
  const current = kind && store.get({ kind, namespace, name });
  return current?.metadata.uid === uid ? current : undefined;
}
