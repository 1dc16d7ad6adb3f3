import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { Revisions } from './deployment-revision.ts';
import { sumOfReplicas, sumOfStatus } from './deployment-status.ts';
import { oldestFirst } from './deployment-steps.ts';
import { countOf } from './read-field.ts';
import { desiredReplicasOf, maxReplicasOf } from './replica-set-history.ts';
import { type Rollout, replicasOf, scaleReplicaSet } from './scale-replica-set.ts';

/** Whether a Deployment was given another number of pods since its ReplicaSets were last scaled. */
export function isToBeScaled({ spec }: Rollout, revisions: Revisions): boolean {
  const desired = activeAmong(revisions).map(desiredReplicasOf);
  return desired.some((replicas) => replicas !== undefined && replicas !== spec.replicas);
}

/**
 * Brings the number of pods to what a Deployment asks for without rolling it out: in the middle of a rolling update every revision keeps its
 * share of the pods, the surge included. With `Recreate` several revisions stay as they are, as a real cluster leaves them.
 */
export function scaleDeployment(rollout: Rollout, revisions: Revisions): void {
  const { spec } = rollout;
  const { current, old } = revisions;
  const active = activeAmong(revisions);
  if (active.length < 2) {
    const only = active[0] ?? current ?? oldestFirst(old).at(-1);
    if (only && replicasOf(only) !== spec.replicas) scaleReplicaSet(rollout, only, spec.replicas);
  } else if (isSaturated(rollout, current)) {
    for (const replicaSet of active) if (replicaSet !== current) scaleReplicaSet(rollout, replicaSet, 0);
  } else if (!spec.recreates) {
    scaleProportionally(rollout, active);
  }
}

/** The largest ReplicaSet gets what rounding leaves over. */
function scaleProportionally(rollout: Rollout, active: readonly KubernetesObject[]): void {
  const { replicas: wanted, maxSurge } = rollout.spec;
  const change = (wanted > 0 ? wanted + maxSurge : 0) - sumOfReplicas(active);
  const sorted = largestFirst(active, { newestFirst: change > 0 });
  let left = change;
  const parts = sorted.map((replicaSet) => {
    const share = left === 0 ? 0 : shareOfChange(rollout, replicaSet);
    const part = change > 0 ? Math.min(share, left) : Math.max(share, left);
    left -= part;
    return part;
  });
  for (const [index, replicaSet] of sorted.entries()) {
    const replicas = replicasOf(replicaSet) + (parts[index] ?? 0) + (index === 0 ? left : 0);
    scaleReplicaSet(rollout, replicaSet, Math.max(0, replicas));
  }
}

/** How many pods more or fewer a ReplicaSet gets to keep its share. */
function shareOfChange({ deployment, spec }: Rollout, replicaSet: KubernetesObject): number {
  const replicas = replicasOf(replicaSet);
  if (spec.replicas === 0) return -replicas;
  const before = maxReplicasOf(replicaSet) || countOf(fieldsOf(deployment.status).replicas, 0);
  return before === 0 ? 0 : Math.round((replicas * (spec.replicas + spec.maxSurge)) / before) - replicas;
}

/** Whether the present revision has all the pods that the Deployment asks for, each of them available. */
function isSaturated({ spec }: Rollout, current: KubernetesObject | undefined): boolean {
  if (!current) return false;
  const counts = [replicasOf(current), desiredReplicasOf(current), sumOfStatus([current], 'availableReplicas')];
  return counts.every((count) => count === spec.replicas);
}

function activeAmong({ current, old }: Revisions): readonly KubernetesObject[] {
  return [...old, ...(current ? [current] : [])].filter((replicaSet) => replicasOf(replicaSet) > 0);
}

function largestFirst(
  replicaSets: readonly KubernetesObject[],
  { newestFirst }: { readonly newestFirst: boolean },
): readonly KubernetesObject[] {
  const byAge = oldestFirst(replicaSets);
  return (newestFirst ? byAge.toReversed() : [...byAge]).sort((left, right) => replicasOf(right) - replicasOf(left));
}
