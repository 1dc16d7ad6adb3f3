import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { changeStatus, currentOf } from './change-status.ts';
import { ControlledObjects } from './controlled-objects.ts';
import type { ControllerContext } from './controller-context.ts';
import { createReplicaSet, markRevision, type Revisions } from './deployment-revision.ts';
import { readDeploymentSpec } from './deployment-spec.ts';
import { deploymentStatus } from './deployment-status.ts';
import { allowedReplicas, forgetOldRevisions, shrinkOld } from './deployment-steps.ts';
import { controllerOf } from './owner-reference.ts';
import { hasEnded } from './pod-state.ts';
import { replicaSetOf } from './replica-set-history.ts';
import { runWorkloadController } from './run-workload-controller.ts';
import { isToBeScaled, scaleDeployment } from './scale-deployment.ts';
import { type Rollout, replicasOf, scaleReplicaSet } from './scale-replica-set.ts';

/** What was done about a Deployment. */
interface Step {
  /** Whether it was rolled out, rather than scaled. */
  readonly isRollout: boolean;
  readonly created: KubernetesObject | undefined;
}

/** Rolls out every Deployment: one ReplicaSet for each template, the pods of the latest in the place of the earlier ones. */
export function runDeploymentController(context: ControllerContext): void {
  const { store, clock, signal } = context;
  const pods = new ControlledObjects({ store, kind: builtInKind('Pod'), signal });

  runWorkloadController(context, {
    kind: 'Deployment',
    makes: 'ReplicaSet',
    alsoAffectedBy: (event) => replicaSetOfPodThatWent(context, event),
    reconcile(deployment, replicaSets) {
      const spec = readDeploymentSpec(deployment);
      const rollout: Rollout = { context, deployment, spec };
      const isGoing = deployment.metadata.deletionTimestamp !== undefined;
      const step = isGoing ? undefined : takeStep(rollout, revisionsAmong(rollout, replicaSets));

      const after = refresh(rollout, replicaSets, step?.created);
      const { current } = revisionsAmong(rollout, after);
      const latest = currentOf({ store, object: deployment }) ?? deployment;
      const { status, deadlineInMs } = deploymentStatus({
        ...{ clock, deployment: latest, spec, replicaSets: after, current },
        isRollingOut: step?.isRollout ?? false,
        news: step?.created && ['NewReplicaSetCreated', `Created new replica set "${step.created.metadata.name}"`],
      });
      changeStatus({ store, object: deployment, status });
      return deadlineInMs;
    },
  });

  /** Scaling comes before the next step of a rollout, and happens though that is paused. */
  function takeStep(rollout: Rollout, { current, old }: Revisions): Step {
    const { paused } = rollout.spec;
    const revisions = { current: current && markRevision(rollout, { current, old }), old };
    if (!paused && !isToBeScaled(rollout, revisions)) return { isRollout: true, created: rollOut(rollout, revisions) };
    scaleDeployment(rollout, revisions);
    // As they were before the scaling: so a real cluster may forget what it has just scaled.
    if (paused) forgetOldRevisions(rollout, old);
    return { isRollout: false, created: undefined };
  }

  /** Takes one step of a rollout. @returns the ReplicaSet that it has made */
  function rollOut(rollout: Rollout, { current, old }: Revisions): KubernetesObject | undefined {
    const { spec } = rollout;
    if (spec.recreates && endOld(rollout, old)) return undefined;
    if (!current) {
      return createReplicaSet(rollout, { old, replicas: allowedReplicas(rollout, { all: old, current }) });
    }
    const replicas = allowedReplicas(rollout, { all: [...old, current], current });
    if (replicas !== replicasOf(current)) scaleReplicaSet(rollout, current, replicas);
    else if (old.some((replicaSet) => replicasOf(replicaSet) > 0)) shrinkOld(rollout, { old, current });
    else forgetOldRevisions(rollout, old);
    return undefined;
  }

  /** @returns whether old pods are still there */
  function endOld(rollout: Rollout, old: readonly KubernetesObject[]): boolean {
    const active = old.filter((replicaSet) => replicasOf(replicaSet) > 0);
    for (const replicaSet of active) scaleReplicaSet(rollout, replicaSet, 0);
    return active.length > 0 || old.some((replicaSet) => pods.of(replicaSet).some((pod) => !hasEnded(pod)));
  }
}

function revisionsAmong({ spec }: Rollout, replicaSets: readonly KubernetesObject[]): Revisions {
  const current = replicaSetOf(spec.template, replicaSets);
  return { current, old: replicaSets.filter((replicaSet) => replicaSet !== current) };
}

function refresh(
  { context: { store } }: Rollout,
  replicaSets: readonly KubernetesObject[],
  created: KubernetesObject | undefined,
): readonly KubernetesObject[] {
  const all = created ? [...replicaSets, created] : replicaSets;
  return all.flatMap((object) => currentOf({ store, object }) ?? []);
}

/** With the strategy `Recreate` a rollout waits until the old pods are gone. */
function replicaSetOfPodThatWent({ store }: ControllerContext, event: StoreEvent): readonly KubernetesObject[] {
  if (event.kind.kind !== 'Pod' || (event.type !== 'DELETED' && !hasEnded(event.object))) return [];
  const owner = controllerOf(event.object);
  if (owner?.kind !== 'ReplicaSet') return [];
  const { namespace } = event.object.metadata;
  const replicaSet = store.get({ kind: builtInKind('ReplicaSet'), namespace, name: owner.name });
  return replicaSet ? [replicaSet] : [];
}
