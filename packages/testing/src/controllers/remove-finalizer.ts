import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { currentOf } from './change-status.ts';
import { hasEnded } from './pod-state.ts';
import { listOf } from './read-field.ts';

/** Takes a finalizer from an object; one that is being deleted and that nothing holds any more goes. */
export function removeFinalizer(options: {
  readonly store: ObjectStore;
  readonly object: KubernetesObject;
  readonly finalizer: string;
}): void {
  const { store, finalizer } = options;
  const object = currentOf(options);
  if (!object?.metadata.finalizers?.includes(finalizer)) return;
  const { finalizers, ...metadata } = object.metadata;
  const others = finalizers.filter((other) => other !== finalizer);
  const freed = { ...object, metadata: { ...metadata, ...(others.length > 0 && { finalizers: others }) } };
  if (others.length === 0 && metadata.deletionTimestamp !== undefined && !isHeld(freed))
    store.remove(store.keyOf(freed));
  else store.replace(freed);
}

/** A pod stays until the kubelet has ended it, a namespace until it is empty. */
function isHeld(object: KubernetesObject): boolean {
  if (object.kind === 'Namespace') return listOf(fieldsOf(object.spec).finalizers).length > 0;
  if (object.kind !== 'Pod') return false;
  const runs = fieldsOf(object.spec).nodeName !== undefined && !hasEnded(object);
  return runs && object.metadata.deletionGracePeriodSeconds !== 0;
}
