import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { changeStatus, currentOf } from './change-status.ts';
import { ControlledObjects } from './controlled-objects.ts';
import type { ControllerContext } from './controller-context.ts';
import { createReplicaSet, markRevision } from './deployment-revision.ts';
import { readDeploymentSpec } from './deployment-spec.ts';
import { deploymentStatus } from './deployment-status.ts';
import { allowedReplicas, forgetOldRevisions, shrinkOld } from './deployment-steps.ts';
import { controllerOf } from './owner-reference.ts';
import { hasEnded } from './pod-state.ts';
import { replicaSetOf } from './replica-set-history.ts';
import { runWorkloadController } from './run-workload-controller.ts';
import { type Rollout, replicasOf, scaleReplicaSet } from './scale-replica-set.ts';

/** The ReplicaSets of a Deployment: that of the present template, and the others. */
interface Revisions {
  readonly current: KubernetesObject | undefined;
  readonly old: readonly KubernetesObject[];
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
      const found = revisionsAmong(rollout, replicaSets);
      const news = deployment.metadata.deletionTimestamp === undefined ? step(rollout, found) : undefined;

      const after = refresh(rollout, replicaSets, news?.created);
      const { current } = revisionsAmong(rollout, after);
      const latest = currentOf({ store, object: deployment }) ?? deployment;
      const { status, deadlineInMs } = deploymentStatus({
        clock,
        deployment: latest,
        spec,
        replicaSets: after,
        current,
        news: news && ['NewReplicaSetCreated', `Created new replica set "${news.created.metadata.name}"`],
      });
      changeStatus({ store, object: deployment, status });
      return deadlineInMs;
    },
  });

  /** Takes one step of a rollout. @returns the ReplicaSet that it has made */
  function step(rollout: Rollout, { current, old }: Revisions): { readonly created: KubernetesObject } | undefined {
    const { spec } = rollout;
    const active = [...old, ...(current ? [current] : [])].filter((replicaSet) => replicasOf(replicaSet) > 0);
    if (spec.paused) {
      const only = active.length === 0 ? current : active.length === 1 ? active[0] : undefined;
      if (only && replicasOf(only) !== spec.replicas) scaleReplicaSet(rollout, only, spec.replicas);
      return undefined;
    }
    if (spec.recreates && endOld(rollout, old)) return undefined;
    if (!current) {
      const created = createReplicaSet(rollout, { old, replicas: allowedReplicas(rollout, { all: old, current }) });
      return created && { created };
    }
    const marked = markRevision(rollout, { current, old });
    const replicas = allowedReplicas(rollout, { all: [...old, marked], current: marked });
    if (replicas !== replicasOf(marked)) scaleReplicaSet(rollout, marked, replicas);
    else if (old.some((replicaSet) => replicasOf(replicaSet) > 0)) shrinkOld(rollout, { old, current: marked });
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
