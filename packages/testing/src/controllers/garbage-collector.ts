import type { StoreEvent } from '../state/event-history.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ControllerContext } from './controller-context.ts';
import { deleteOwned } from './delete-owned.ts';
import { OwnerGraph } from './owner-graph.ts';
import { withoutOwner } from './owner-reference.ts';
import { removeFinalizer } from './remove-finalizer.ts';
import { runController } from './run-controller.ts';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/**
 * Deletes what has lost its owners. An owner with the finalizer `foregroundDeletion` waits for what blocks it; one with `orphan` leaves its
 * dependents behind. An owner that never was there is none that was lost: tests make such references up.
 */
export function runGarbageCollector(context: ControllerContext): void {
  const { store, signal } = context;
  const graph = new OwnerGraph({ store, signal });
  runController({ store, signal, controller: { affectedBy: ownersIn, reconcile } });

  /** The owner that a change is about, or those that it may set free. */
  function* ownersIn({ type, object }: StoreEvent): Iterable<string> {
    const { uid, deletionTimestamp, ownerReferences = [] } = object.metadata;
    if (type === 'DELETED' || deletionTimestamp !== undefined) yield uid;
    for (const owner of ownerReferences) if (isGoing(graph.find(owner.uid))) yield owner.uid;
  }

  function reconcile(uid: string): void {
    const owner = graph.find(uid);
    if (!owner) collect(uid);
    else if (isGoing(owner) && owner.metadata.finalizers?.includes(ORPHAN)) orphan(owner);
    else if (isGoing(owner) && owner.metadata.finalizers?.includes(FOREGROUND)) collectFirst(owner);
  }

  function collect(uid: string): void {
    for (const dependent of graph.dependentsOf(uid)) {
      if (hasOtherOwner(dependent, uid)) store.replace(withoutOwner(dependent, uid));
      else deleteOwned(context, dependent);
    }
  }

  function orphan(owner: KubernetesObject): void {
    const { uid } = owner.metadata;
    for (const dependent of graph.dependentsOf(uid)) store.replace(withoutOwner(dependent, uid));
    removeFinalizer({ store, object: owner, finalizer: ORPHAN });
  }

  function collectFirst(owner: KubernetesObject): void {
    const { uid } = owner.metadata;
    for (const dependent of graph.dependentsOf(uid)) {
      if (hasOtherOwner(dependent, uid)) store.replace(withoutOwner(dependent, uid));
      else deleteOwned(context, dependent, { finalizers: isOwner(dependent) ? [FOREGROUND] : [] });
    }
    const isBlocked = graph.dependentsOf(uid).some((dependent) => blocks(dependent, uid));
    if (!isBlocked) removeFinalizer({ store, object: owner, finalizer: FOREGROUND });
  }

  /** Whether another owner is there that does not wait for its dependents to go. */
  function hasOtherOwner({ metadata }: KubernetesObject, uid: string): boolean {
    const others = metadata.ownerReferences?.filter((owner) => owner.uid !== uid) ?? [];
    const found = others.flatMap((owner) => graph.find(owner.uid) ?? []);
    return found.some((owner) => !(isGoing(owner) && owner.metadata.finalizers?.includes(FOREGROUND)));
  }

  function isOwner({ metadata }: KubernetesObject): boolean {
    return graph.dependentsOf(metadata.uid).length > 0;
  }
}

function isGoing(object: KubernetesObject | undefined): boolean {
  return object?.metadata.deletionTimestamp !== undefined;
}

function blocks({ metadata }: KubernetesObject, uid: string): boolean {
  return metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true) ?? false;
}
