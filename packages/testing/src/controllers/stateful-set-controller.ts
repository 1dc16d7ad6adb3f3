import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { changeStatus } from './change-status.ts';
import type { ControllerContext } from './controller-context.ts';
import { ControllerRevisions } from './controller-revisions.ts';
import { deleteOwned } from './delete-owned.ts';
import { availableFrom, hasEnded, isActive, isPodReady, readinessOf } from './pod-state.ts';
import { countOf, textOf, withoutZeros } from './read-field.ts';
import { runWorkloadController } from './run-workload-controller.ts';
import { makeStatefulPod, ordinalOf, POD_REVISION } from './stateful-set-pod.ts';

const COMPONENT = 'statefulset-controller';
/** How many pods one StatefulSet has at most, whatever it asks for. */
const MAX_PODS = 10_000;

/** A StatefulSet in one moment. */
interface SetState {
  readonly set: KubernetesObject;
  readonly pods: ReadonlyMap<number, KubernetesObject>;
  readonly first: number;
  readonly replicas: number;
  readonly minReadySeconds: number;
  /** Pods below this ordinal keep the earlier revision. */
  readonly partition: number;
  readonly updatesByItself: boolean;
  readonly inOrder: boolean;
  /** The revision that all pods had after the latest update, and that of the present template. */
  readonly current: KubernetesObject;
  readonly update: KubernetesObject;
}

/** Keeps the numbered pods of every StatefulSet, one after the other, and updates them from the last to the first. */
export function runStatefulSetController(context: ControllerContext): void {
  const { store, clock } = context;
  const revisions = new ControllerRevisions({ context, hashLabel: 'controller.kubernetes.io/hash' });

  runWorkloadController(context, {
    kind: 'StatefulSet',
    makes: 'Pod',
    alsoAffectedBy: (event) => setOfFreedName(event),
    reconcile(set, owned) {
      const update = revisions.current(set);
      if (!update) return undefined;
      const current = revisions.find(set, fieldsOf(set.status).currentRevision) ?? update;
      const state = readState({ set, owned, current, update });
      if (set.metadata.deletionTimestamp === undefined) step(state);
      const pods = [...state.pods.values()];
      const used = new Set(pods.map(({ metadata }) => metadata.labels?.[POD_REVISION]));
      revisions.forget(set, (revision) => [current, update].includes(revision) || used.has(revision.metadata.name));
      changeStatus({ store, object: set, status: statusOf(state, clock.now()) });
      return readinessOf({ pods, minReadySeconds: state.minReadySeconds, now: clock.now() }).nextInMs;
    },
  });

  /** A pod of somebody else may have had the name that a set needs. */
  function setOfFreedName({ type, kind, object }: StoreEvent): readonly KubernetesObject[] {
    const name = /^(.+)-\d+$/.exec(object.metadata.name)?.[1];
    if (type !== 'DELETED' || kind !== builtInKind('Pod') || name === undefined) return [];
    const set = store.get({ kind: builtInKind('StatefulSet'), namespace: object.metadata.namespace, name });
    return set ? [set] : [];
  }

  function step(state: SetState): void {
    if (!fill(state) || !shrink(state) || !state.updatesByItself) return;
    for (let ordinal = state.first + state.replicas - 1; ordinal >= state.partition; ordinal -= 1) {
      const pod = state.pods.get(ordinal);
      if (!pod) return;
      if (isActive(pod) && revisionOf(pod) !== state.update.metadata.name) {
        remove(state, pod);
        return;
      }
      if (!isHealthy(state, pod)) return;
    }
  }

  /** Makes the pods that are missing. @returns whether the next step can follow */
  function fill(state: SetState): boolean {
    const { set, first, replicas, partition, updatesByItself, current, update, inOrder } = state;
    for (let ordinal = first; ordinal < first + replicas; ordinal += 1) {
      const pod = state.pods.get(ordinal);
      if (pod && hasEnded(pod)) remove(state, pod);
      if (!pod) {
        const revision = updatesByItself && ordinal < partition ? current : update;
        const template = revisions.templateOf(revision);
        makeStatefulPod(context, { set, ordinal, revision: revision.metadata.name, template });
      }
      if (inOrder && !(pod && isHealthy(state, pod))) return false;
    }
    return true;
  }

  /** Deletes the pods that are too many, the last first. @returns whether there are none */
  function shrink(state: SetState): boolean {
    const { pods, first, replicas, inOrder } = state;
    const surplus = [...pods.keys()].filter((ordinal) => ordinal < first || ordinal >= first + replicas);
    for (const ordinal of surplus.sort((left, right) => right - left)) {
      const pod = pods.get(ordinal);
      if (pod && isActive(pod)) remove(state, pod);
      if (inOrder) return false;
    }
    return surplus.length === 0;
  }

  function remove({ set }: SetState, pod: KubernetesObject): void {
    if (pod.metadata.deletionTimestamp !== undefined) return;
    deleteOwned(context, pod);
    const message = `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`;
    context.events.record({ about: set, reason: 'SuccessfulDelete', message, component: COMPONENT });
  }

  function isHealthy({ minReadySeconds }: SetState, pod: KubernetesObject): boolean {
    return isActive(pod) && (availableFrom(pod, minReadySeconds) ?? Number.POSITIVE_INFINITY) <= clock.now();
  }
}

function readState(options: {
  readonly set: KubernetesObject;
  readonly owned: readonly KubernetesObject[];
  readonly current: KubernetesObject;
  readonly update: KubernetesObject;
}): SetState {
  const { set, owned, current, update } = options;
  const spec = fieldsOf(set.spec);
  const strategy = fieldsOf(spec.updateStrategy);
  const first = countOf(fieldsOf(spec.ordinals).start, 0);
  const pods = new Map<number, KubernetesObject>();
  for (const pod of owned) {
    const ordinal = ordinalOf(set, pod);
    if (ordinal !== undefined) pods.set(ordinal, pod);
  }
  return {
    set,
    pods,
    first,
    replicas: Math.min(countOf(spec.replicas, 1), MAX_PODS),
    minReadySeconds: countOf(spec.minReadySeconds, 0),
    partition: first + countOf(fieldsOf(strategy.rollingUpdate).partition, 0),
    updatesByItself: textOf(strategy.type, 'RollingUpdate') === 'RollingUpdate',
    inOrder: spec.podManagementPolicy !== 'Parallel',
    current,
    update,
  };
}

function statusOf(state: SetState, now: number): Readonly<Record<string, unknown>> {
  const { set, pods, replicas, minReadySeconds, updatesByItself, update } = state;
  const all = [...pods.values()];
  const ready = all.filter(isPodReady).length;
  const { available } = readinessOf({ pods: all, minReadySeconds, now });
  const ofRevision = ({ metadata }: KubernetesObject): number =>
    all.filter((pod) => pod.metadata.deletionTimestamp === undefined && revisionOf(pod) === metadata.name).length;
  const updated = ofRevision(update);
  const isUpdated = updatesByItself && [updated, ready, all.length].every((count) => count === replicas);
  const current = isUpdated ? update : state.current;
  return {
    observedGeneration: set.metadata.generation,
    replicas: all.length,
    ...withoutZeros({ readyReplicas: ready, currentReplicas: ofRevision(current), updatedReplicas: updated }),
    availableReplicas: available,
    currentRevision: current.metadata.name,
    updateRevision: update.metadata.name,
    collisionCount: 0,
  };
}

function revisionOf({ metadata }: KubernetesObject): string | undefined {
  return metadata.labels?.[POD_REVISION];
}
