import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { listOf, textsOf } from './read-field.ts';

/** Whether a pod of a DaemonSet should run on a node: the node has the labels that the pod asks for, and no taint that it does not tolerate. */
export function runsOn(daemonSet: KubernetesObject, node: KubernetesObject): boolean {
  const spec = fieldsOf(fieldsOf(fieldsOf(daemonSet.spec).template).spec);
  const labels = node.metadata.labels ?? {};
  const taints = listOf(fieldsOf(node.spec).taints).map(fieldsOf);
  return (
    Object.entries(textsOf(spec.nodeSelector)).every(([key, value]) => labels[key] === value) &&
    taints.every((taint) => isTolerated(taint, [...ALWAYS_TOLERATED, ...listOf(spec.tolerations).map(fieldsOf)]))
  );
}

/** The node that a pod runs on or is meant for. */
export function nodeOf({ spec }: KubernetesObject): unknown {
  return fieldsOf(spec).nodeName;
}

/** The tolerations that every pod of a DaemonSet has. */
export const ALWAYS_TOLERATED: readonly Readonly<Record<string, string>>[] = [
  ...['not-ready', 'unreachable'].map((name) => toleration(name, 'NoExecute')),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((name) =>
    toleration(name, 'NoSchedule'),
  ),
];

function toleration(name: string, effect: string): Readonly<Record<string, string>> {
  return { effect, key: `node.kubernetes.io/${name}`, operator: 'Exists' };
}

function isTolerated(
  taint: Readonly<Record<string, unknown>>,
  tolerations: readonly Readonly<Record<string, unknown>>[],
): boolean {
  if (taint.effect === 'PreferNoSchedule') return true;
  return tolerations.some(({ key, operator, value, effect }) => {
    if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
    if (operator === 'Exists') return key === undefined || key === '' || key === taint.key;
    return key === taint.key && (value ?? '') === (taint.value ?? '');
  });
}
