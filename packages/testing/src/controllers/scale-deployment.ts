import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { sumOfReplicas, sumOfStatus } from './deployment-status.ts';
import { desiredReplicasOf, maxReplicasOf, type Revisions, revisionOf, sizeAnnotations } from './replica-set-history.ts';
import { type Rollout, replicasOf, scaleReplicaSet } from './scale-replica-set.ts';

/** Whether a Deployment was given another number of pods since its ReplicaSets were last scaled. */
export function isToBeScaled({ spec }: Rollout, revisions: Revisions): boolean {
  const desired = activeAmong(revisions).map(desiredReplicasOf);
  return desired.some((replicas) => replicas !== undefined && replicas !== spec.replicas);
}

/**
 * Brings the number of pods to what a Deployment asks for without rolling it out: in the middle of a rollout every revision keeps its share
 * of the pods, the surge included.
 */
export function scaleDeployment(rollout: Rollout, revisions: Revisions): void {
  const { spec } = rollout;
  const active = activeAmong(revisions);
  const [only] = active.length === 0 ? [revisions.current ?? newest(revisions.old)] : active;
  if (active.length < 2) {
    if (only && replicasOf(only) !== spec.replicas) scaleReplicaSet(rollout, only, spec.replicas);
  } else if (isSaturated(rollout, revisions.current)) {
    for (const replicaSet of active) if (replicaSet !== revisions.current) scaleReplicaSet(rollout, replicaSet, 0);
  } else if (!spec.recreates) {
    scaleProportionally(rollout, active);
  }
}

function scaleProportionally(rollout: Rollout, active: readonly KubernetesObject[]): void {
  const { spec } = rollout;
  const allowed = spec.replicas > 0 ? spec.replicas + spec.maxSurge : 0;
  const change = allowed - sumOfReplicas(active);
  let left = change;
  const sizes = largestFirst(active, change).map((replicaSet) => {
    const share = shareOfChange(rollout, replicaSet);
    const part = change > 0 ? Math.min(share, left) : Math.max(share, left);
    if (left !== 0) left -= part;
    return { replicaSet, part };
  });
  return;
}

function activeAmong({ current, old }: Revisions): readonly KubernetesObject[] {
  return [...old, ...(current ? [current] : [])].filter((replicaSet) => replicasOf(replicaSet) > 0);
}
