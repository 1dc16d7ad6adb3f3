import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { ControlledObjects } from './controlled-objects.ts';
import type { SelectsLabels } from './object-selector.ts';
import { controllerReference, withoutOwner } from './owner-reference.ts';

/**
 * Brings what an owner controls in step with its selector: what it selects and nobody controls is adopted, what it does not select any
 * more is released. An owner that is being deleted does neither.
 *
 * @returns what it controls then, the earliest first
 */
export function claimObjects(options: {
  readonly store: ObjectStore;
  readonly owner: KubernetesObject;
  readonly candidates: ControlledObjects;
  readonly selects: SelectsLabels;
}): readonly KubernetesObject[] {
  const { store, owner, candidates, selects } = options;
  const controlled = candidates.of(owner);
  if (owner.metadata.deletionTimestamp !== undefined) return controlled;
  const kept: KubernetesObject[] = [];
  for (const object of controlled) {
    if (selects(object.metadata.labels)) kept.push(object);
    else release(store, object, owner);
  }
  const orphans = candidates.orphansIn(owner.metadata.namespace);
  const adopted = orphans.filter(
    ({ metadata, status }) =>
      metadata.deletionTimestamp === undefined && selects(metadata.labels) && !hasEnded(status as { phase?: string }),
  );
  return [...kept, ...adopted.map((object) => adopt(store, object, owner))];
}

function hasEnded(status: { readonly phase?: string } | undefined): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function release(store: ObjectStore, object: KubernetesObject, owner: KubernetesObject): void {
  store.replace(withoutOwner(object, owner.metadata.uid));
}

function adopt(store: ObjectStore, object: KubernetesObject, owner: KubernetesObject): KubernetesObject {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerReference(owner)];
  return store.replace({ ...object, metadata: { ...object.metadata, ownerReferences } });
}
