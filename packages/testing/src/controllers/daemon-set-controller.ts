import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { changeStatus } from './change-status.ts';
import type { ControllerContext } from './controller-context.ts';
import { ControllerRevisions } from './controller-revisions.ts';
import { ALWAYS_TOLERATED, nodeOf, runsOn } from './daemon-set-pods.ts';
import { deleteOwned } from './delete-owned.ts';
import { shareOf } from './deployment-spec.ts';
import { podOfTemplate, takesObjects } from './make-pod.ts';
import { availableFrom, hasEnded, isActive, isPodReady, readinessOf } from './pod-state.ts';
import { countOf, listOf, withoutZeros } from './read-field.ts';
import { runWorkloadController } from './run-workload-controller.ts';

const COMPONENT = 'daemonset-controller';
const REVISION_LABEL = 'controller-revision-hash';

/** A DaemonSet in one moment. */
interface DaemonState {
  readonly daemonSet: KubernetesObject;
  /** The nodes that should have a pod. */
  readonly nodes: readonly KubernetesObject[];
  readonly pods: readonly KubernetesObject[];
  /** The hash of the present template. */
  readonly hash: string;
  readonly minReadySeconds: number;
}

/** Keeps one pod of every DaemonSet on each node that it fits, and updates them node by node. */
export function runDaemonSetController(context: ControllerContext): void {
  const { store, clock, events } = context;
  const revisions = new ControllerRevisions({ context, hashLabel: REVISION_LABEL });

  runWorkloadController(context, {
    kind: 'DaemonSet',
    makes: 'Pod',
    alsoAffectedBy: ({ kind }) => (kind.kind === 'Node' ? store.list({ kind: builtInKind('DaemonSet') }) : []),
    reconcile(daemonSet, pods) {
      const revision = revisions.current(daemonSet);
      if (!revision) return undefined;
      const nodes = store.list({ kind: builtInKind('Node') }).filter((node) => runsOn(daemonSet, node));
      const minReadySeconds = countOf(fieldsOf(daemonSet.spec).minReadySeconds, 0);
      const state: DaemonState = { daemonSet, nodes, pods, hash: revisions.hashOf(revision), minReadySeconds };
      if (daemonSet.metadata.deletionTimestamp === undefined) {
        place(state);
        update(state);
      }
      const used = new Set(pods.map(({ metadata }) => metadata.labels?.[REVISION_LABEL]));
      revisions.forget(daemonSet, (other) => other === revision || used.has(revisions.hashOf(other)));
      changeStatus({ store, object: daemonSet, status: statusOf(state, clock.now()) });
      return readinessOf({ pods: pods.filter(isActive), minReadySeconds, now: clock.now() }).nextInMs;
    },
  });

  /** One pod for each node, none elsewhere; what has ended is made anew. */
  function place(state: DaemonState): void {
    const byNode = Map.groupBy(state.pods, nodeOf);
    for (const node of state.nodes) {
      const [first, ...others] = byNode.get(node.metadata.name) ?? [];
      byNode.delete(node.metadata.name);
      if (!first) makePod(state, node.metadata.name);
      else if (hasEnded(first)) replaceEnded(state, first);
      for (const pod of others) remove(state, pod);
    }
    for (const pods of byNode.values()) for (const pod of pods) remove(state, pod);
  }

  /** Deletes pods of earlier templates: those that are not available first, then as many as may be missing. */
  function update(state: DaemonState): void {
    const { type, rollingUpdate } = fieldsOf(fieldsOf(state.daemonSet.spec).updateStrategy);
    if (type === 'OnDelete') return;
    const old = state.pods.filter((pod) => isActive(pod) && pod.metadata.labels?.[REVISION_LABEL] !== state.hash);
    const isAvailable = (pod: KubernetesObject): boolean =>
      isActive(pod) && (availableFrom(pod, state.minReadySeconds) ?? Number.POSITIVE_INFINITY) <= clock.now();
    const most = Math.max(1, shareOf(fieldsOf(rollingUpdate).maxUnavailable ?? 1, state.nodes.length, Math.ceil));
    const missing = state.nodes.length - state.pods.filter(isAvailable).length;
    for (const pod of old.filter((one) => !isAvailable(one))) remove(state, pod);
    for (const pod of old.filter(isAvailable).slice(0, Math.max(0, most - missing))) remove(state, pod);
  }

  function makePod({ daemonSet, hash }: DaemonState, nodeName: string): void {
    const { namespace, generation = 1 } = daemonSet.metadata;
    if (!takesObjects(store, namespace)) return;
    const generateName = `${daemonSet.metadata.name}-`;
    let name = context.names.nameFrom(generateName);
    while (store.get({ kind: builtInKind('Pod'), namespace, name })) name = context.names.nameFrom(generateName);
    const template = fieldsOf(fieldsOf(daemonSet.spec).template);
    const tolerations = [...listOf(fieldsOf(template.spec).tolerations), ...ALWAYS_TOLERATED];
    const labels = { [REVISION_LABEL]: hash, 'pod-template-generation': String(generation) };
    store.add(
      podOfTemplate({ owner: daemonSet, template, name, generateName, labels, spec: { nodeName, tolerations } }),
    );
    tell(daemonSet, 'SuccessfulCreate', `Created pod: ${name}`);
  }

  function replaceEnded({ daemonSet }: DaemonState, pod: KubernetesObject): void {
    if (pod.metadata.deletionTimestamp !== undefined) return;
    const { namespace, name } = pod.metadata;
    const message = `Found failed daemon pod ${namespace}/${name} on node ${String(nodeOf(pod))}, will try to kill it`;
    events.record({ about: daemonSet, type: 'Warning', reason: 'FailedDaemonPod', message, component: COMPONENT });
    deleteOwned(context, pod);
  }

  function remove({ daemonSet }: DaemonState, pod: KubernetesObject): void {
    if (pod.metadata.deletionTimestamp !== undefined) return;
    deleteOwned(context, pod);
    tell(daemonSet, 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
  }

  function tell(about: KubernetesObject, reason: string, message: string): void {
    events.record({ about, reason, message, component: COMPONENT });
  }
}

function statusOf(state: DaemonState, now: number): Readonly<Record<string, unknown>> {
  const { daemonSet, nodes, pods, hash, minReadySeconds } = state;
  const wanted = new Set<unknown>(nodes.map(({ metadata }) => metadata.name));
  const placed = pods.filter((pod) => wanted.has(nodeOf(pod)));
  const current = [...Map.groupBy(placed, nodeOf).values()].flatMap(([first]) => first ?? []);
  const active = current.filter(isActive);
  const { available } = readinessOf({ pods: active, minReadySeconds, now });
  const misplaced = pods.filter((pod) => isActive(pod) && !wanted.has(nodeOf(pod)));
  return {
    currentNumberScheduled: current.length,
    numberMisscheduled: new Set(misplaced.map(nodeOf)).size,
    desiredNumberScheduled: nodes.length,
    numberReady: active.filter(isPodReady).length,
    observedGeneration: daemonSet.metadata.generation,
    ...withoutZeros({
      updatedNumberScheduled: current.filter(({ metadata }) => metadata.labels?.[REVISION_LABEL] === hash).length,
      numberAvailable: available,
      numberUnavailable: nodes.length - available,
    }),
  };
}
