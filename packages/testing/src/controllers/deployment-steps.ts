import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { deleteOwned } from './delete-owned.ts';
import { sumOfReplicas, sumOfStatus } from './deployment-status.ts';
import { countOf } from './read-field.ts';
import { revisionOf } from './replica-set-history.ts';
import { type Rollout, replicasOf, scaleReplicaSet } from './scale-replica-set.ts';

/** How many pods the ReplicaSet of the present revision may have, given those that there are: never more than the surge allows. */
export function allowedReplicas(
  { spec }: Rollout,
  { all, current }: { readonly all: readonly KubernetesObject[]; readonly current: KubernetesObject | undefined },
): number {
  const own = current ? replicasOf(current) : 0;
  if (own > spec.replicas || spec.recreates) return spec.replicas;
  const free = spec.replicas + spec.maxSurge - sumOfReplicas(all);
  return own + Math.max(0, Math.min(free, spec.replicas - own));
}

/** Takes away old pods: those that are not available first, then as many as the present revision makes up for. */
export function shrinkOld(
  rollout: Rollout,
  { old, current }: { readonly old: readonly KubernetesObject[]; readonly current: KubernetesObject },
): void {
  const { spec } = rollout;
  const all = [...old, current];
  const minimum = spec.replicas - spec.maxUnavailable;
  const missing = replicasOf(current) - sumOfStatus([current], 'availableReplicas');
  let spare = sumOfReplicas(all) - minimum - missing;
  const shrunk = oldestFirst(old).map((replicaSet) => {
    const unhealthy = replicasOf(replicaSet) - sumOfStatus([replicaSet], 'availableReplicas');
    const fewer = Math.max(0, Math.min(spare, unhealthy));
    spare -= fewer;
    return fewer === 0 ? replicaSet : scaleReplicaSet(rollout, replicaSet, replicasOf(replicaSet) - fewer);
  });
  spare = Math.min(spare, sumOfStatus(all, 'availableReplicas') - minimum);
  for (const replicaSet of shrunk) {
    const fewer = Math.max(0, Math.min(spare, replicasOf(replicaSet)));
    spare -= fewer;
    if (fewer > 0) scaleReplicaSet(rollout, replicaSet, replicasOf(replicaSet) - fewer);
  }
}

/** Deletes the oldest empty ReplicaSets beyond what the history keeps. */
export function forgetOldRevisions({ context, spec }: Rollout, old: readonly KubernetesObject[]): void {
  const alive = old.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const surplus = [...alive].sort((left, right) => revisionOf(left) - revisionOf(right));
  for (const replicaSet of surplus.slice(0, Math.max(0, alive.length - spec.revisionHistoryLimit))) {
    const { generation = 0 } = replicaSet.metadata;
    const isSeen = generation <= countOf(fieldsOf(replicaSet.status).observedGeneration, 0);
    const isEmpty = replicasOf(replicaSet) === 0 && sumOfStatus([replicaSet], 'replicas') === 0;
    if (isSeen && isEmpty) deleteOwned(context, replicaSet);
  }
}

/** Those made earlier first; among those of one second the earlier revision. */
export function oldestFirst(replicaSets: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return [...replicaSets].sort((left, right) =>
    left.metadata.creationTimestamp === right.metadata.creationTimestamp
      ? revisionOf(left) - revisionOf(right)
      : left.metadata.creationTimestamp < right.metadata.creationTimestamp
        ? -1
        : 1,
  );
}
