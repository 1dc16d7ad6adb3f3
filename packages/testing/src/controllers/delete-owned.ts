import { deleteObject } from '../objects/delete-object.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { currentOf } from './change-status.ts';
import type { ControllerContext } from './controller-context.ts';

/** Deletes an object as a controller does, with the grace that it asks for; nothing happens when it is gone or on its way. */
export function deleteOwned(
  { store, clock }: Pick<ControllerContext, 'store' | 'clock'>,
  object: KubernetesObject,
  { finalizers = [] }: { readonly finalizers?: readonly string[] } = {},
): void {
  const current = currentOf({ store, object });
  if (!current || current.metadata.deletionTimestamp !== undefined) return;
  deleteObject({ store, clock, key: store.keyOf(current), finalizers });
}
