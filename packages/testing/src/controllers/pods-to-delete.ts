import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { isPodReady, phaseOf } from './pod-state.ts';
import { listOf } from './read-field.ts';

const COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASES = ['Pending', 'Unknown', 'Running'];

/**
 * Chooses which pods of a ReplicaSet go first, as Kubernetes does: those without a node, then the pending, the not ready, the cheap, those
 * ready for the shortest time, those that restarted most, and the youngest.
 */
export function podsToDelete(pods: readonly KubernetesObject[], count: number): readonly KubernetesObject[] {
  if (count <= 0) return [];
  const ranked = pods.map((pod, age) => ({ pod, rank: [...rankOf(pod), -age] }));
  return ranked
    .sort((left, right) => compare(left.rank, right.rank))
    .slice(0, count)
    .map(({ pod }) => pod);
}

function rankOf(pod: KubernetesObject): readonly number[] {
  const { nodeName } = fieldsOf(pod.spec);
  const { conditions, containerStatuses } = fieldsOf(pod.status);
  const ready = listOf(conditions)
    .map(fieldsOf)
    .find(({ type }) => type === 'Ready');
  const restarts = listOf(containerStatuses).map((status) => Number(fieldsOf(status).restartCount ?? 0));
  return [
    nodeName === undefined ? 0 : 1,
    PHASES.indexOf(phaseOf(pod)),
    isPodReady(pod) ? 1 : 0,
    Number.parseInt(pod.metadata.annotations?.[COST] ?? '0', 10) || 0,
    -(Date.parse(String(ready?.lastTransitionTime)) || 0),
    -Math.max(0, ...restarts),
    -Date.parse(pod.metadata.creationTimestamp),
  ];
}

function compare(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((value, place) => value !== right[place]);
  return (left[index] ?? 0) - (right[index] ?? 0);
}
