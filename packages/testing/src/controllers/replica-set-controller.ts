import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { changeStatus } from './change-status.ts';
import type { ControllerContext } from './controller-context.ts';
import { deleteOwned } from './delete-owned.ts';
import { podOfTemplate, takesObjects } from './make-pod.ts';
import { isActive, readinessOf } from './pod-state.ts';
import { podsToDelete } from './pods-to-delete.ts';
import { countOf, textsOf, withoutZeros } from './read-field.ts';
import { runWorkloadController } from './run-workload-controller.ts';

const COMPONENT = 'replicaset-controller';
/** How many pods are made in one go; the kubelet starts them before the next ones. */
const MAX_BURST = 500;
/** How many pods one ReplicaSet has at most, whatever it asks for. */
const MAX_PODS = 10_000;

/** Keeps as many pods of every ReplicaSet as it asks for. */
export function runReplicaSetController(context: ControllerContext): void {
  runWorkloadController(context, {
    kind: 'ReplicaSet',
    makes: 'Pod',
    reconcile(replicaSet, owned) {
      const pods = owned.filter(isActive);
      if (replicaSet.metadata.deletionTimestamp === undefined) scale(context, replicaSet, pods);
      return writeStatus(context, replicaSet, pods);
    },
  });
}

function scale(context: ControllerContext, replicaSet: KubernetesObject, pods: readonly KubernetesObject[]): void {
  const wanted = Math.min(countOf(fieldsOf(replicaSet.spec).replicas, 1), MAX_PODS);
  const missing = Math.min(wanted - pods.length, MAX_BURST);
  for (let made = 0; made < missing; made += 1) makePod(context, replicaSet);
  for (const pod of podsToDelete(pods, pods.length - wanted)) {
    deleteOwned(context, pod);
    const message = `Deleted pod: ${pod.metadata.name}`;
    context.events.record({ about: replicaSet, reason: 'SuccessfulDelete', message, component: COMPONENT });
  }
}

function makePod({ store, names, events }: ControllerContext, owner: KubernetesObject): void {
  const { namespace } = owner.metadata;
  if (!takesObjects(store, namespace)) return;
  const generateName = `${owner.metadata.name}-`;
  let name = names.nameFrom(generateName);
  while (store.get({ kind: builtInKind('Pod'), namespace, name })) name = names.nameFrom(generateName);
  store.add(podOfTemplate({ owner, template: fieldsOf(owner.spec).template, name, generateName }));
  events.record({ about: owner, reason: 'SuccessfulCreate', message: `Created pod: ${name}`, component: COMPONENT });
}

/** @returns in how many milliseconds the next pod becomes available */
function writeStatus(
  { store, clock }: ControllerContext,
  replicaSet: KubernetesObject,
  pods: readonly KubernetesObject[],
): number | undefined {
  const { minReadySeconds, template } = fieldsOf(replicaSet.spec);
  const seconds = countOf(minReadySeconds, 0);
  const { ready, available, nextInMs } = readinessOf({ pods, minReadySeconds: seconds, now: clock.now() });
  const labels = Object.entries(textsOf(fieldsOf(fieldsOf(template).metadata).labels));
  const isLabeled = ({ metadata }: KubernetesObject) => labels.every(([key, text]) => metadata.labels?.[key] === text);
  const status = {
    replicas: pods.length,
    ...withoutZeros({
      fullyLabeledReplicas: pods.filter(isLabeled).length,
      readyReplicas: ready,
      availableReplicas: available,
    }),
    observedGeneration: replicaSet.metadata.generation,
  };
  changeStatus({ store, object: replicaSet, status });
  return nextInMs;
}
