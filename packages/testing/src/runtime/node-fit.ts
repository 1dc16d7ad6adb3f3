import type { Fields } from '../documents/fields.ts';
import { fieldsOf, listOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject, PodObject } from '../state/kubernetes-object.ts';

/** Why a pod may not run on a node, in the words of the scheduler; `undefined` when it may. */
export function misfit(pod: PodObject, node: KubernetesObject): string | undefined {
  const spec = fieldsOf(node.spec);
  if (spec.unschedulable === true) return 'node(s) were unschedulable';
  const taint = [...listOf(spec.taints), ...notReadyTaint(node)].find(
    (one) => one.effect !== 'PreferNoSchedule' && !listOf(pod.spec.tolerations).some((by) => tolerates(by, one)),
  );
  if (taint) return `node(s) had untolerated taint {${text(taint.key)}: ${text(taint.value)}}`;
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(fieldsOf(pod.spec.nodeSelector)).every(([key, value]) => labels[key] === value);
  return selected && hasAffinity(pod, node) ? undefined : "node(s) didn't match Pod's node affinity/selector";
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function notReadyTaint({ status }: KubernetesObject): readonly Fields[] {
  const ready = listOf(fieldsOf(status).conditions).find(({ type }) => type === 'Ready');
  if (!ready || ready.status === 'True') return [];
  const word = ready.status === 'False' ? 'not-ready' : 'unreachable';
  return [{ key: `node.kubernetes.io/${word}`, effect: 'NoSchedule' }];
}

function tolerates(toleration: Fields, taint: Fields): boolean {
  const { key, operator = 'Equal', value = '', effect } = toleration;
  const sameKey = key === taint.key || ((key === undefined || key === '') && operator === 'Exists');
  const sameEffect = effect === undefined || effect === '' || effect === taint.effect;
  return sameKey && sameEffect && (operator === 'Exists' || value === (taint.value ?? ''));
}

/** One of the terms must hold, and a term holds when all that it says does. */
function hasAffinity(pod: PodObject, node: KubernetesObject): boolean {
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = fieldsOf(
    fieldsOf(pod.spec.affinity).nodeAffinity,
  );
  if (required === undefined) return true;
  const { name, labels = {} } = node.metadata;
  return listOf(fieldsOf(required).nodeSelectorTerms).some((term) => {
    const [expressions, fields] = [listOf(term.matchExpressions), listOf(term.matchFields)];
    const says = expressions.length + fields.length > 0;
    return (
      says &&
      expressions.every((one) => holds(one, labels)) &&
      fields.every((one) => holds(one, { 'metadata.name': name }))
    );
  });
}

function holds({ key, operator, values }: Fields, facts: Readonly<Record<string, string>>): boolean {
  const name = String(key);
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  const wanted: readonly unknown[] = Array.isArray(values) ? values : [];
  switch (operator) {
    case 'In':
      return value !== undefined && wanted.includes(value);
    case 'NotIn':
      return value === undefined || !wanted.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(wanted[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(wanted[0]);
    default:
      return false;
  }
}
