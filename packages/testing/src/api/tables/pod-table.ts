import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { type PodSummary, podSummary } from './pod-status.ts';
import { AGE, at, type Column, list, NAME, NONE, text } from './table-layout.ts';

/** The columns of pods for one table, as the real API server prints them. Three of them come out of one look at the pod. */
export function podColumns(): readonly Column[] {
  let last: { readonly pod: KubernetesObject; readonly summary: PodSummary } | undefined;
  const summary = (pod: KubernetesObject, now: number) => {
    if (last?.pod !== pod) last = { pod, summary: podSummary(pod, now) };
    return last.summary;
  };
  return [
    NAME,
    { name: 'Ready', cell: (pod, now) => summary(pod, now).ready },
    { name: 'Status', cell: (pod, now) => summary(pod, now).status },
    { name: 'Restarts', cell: (pod, now) => summary(pod, now).restarts },
    AGE,
    { name: 'IP', priority: 1, cell: address },
    { name: 'Node', priority: 1, cell: (pod) => text(pod, ['spec', 'nodeName']) },
    { name: 'Nominated Node', priority: 1, cell: (pod) => text(pod, ['status', 'nominatedNodeName']) },
    { name: 'Readiness Gates', priority: 1, cell: readinessGates },
  ];
}

/** What a row of a pod that has ended says beside its cells. */
export function podConditions(pod: KubernetesObject): readonly unknown[] | undefined {
  const completed = { type: 'Completed', status: 'True' };
  switch (at(pod, 'status', 'phase')) {
    case 'Succeeded':
      return [{ ...completed, reason: 'Succeeded', message: 'The pod has completed successfully.' }];
    case 'Failed':
      return [{ ...completed, reason: 'Failed', message: 'The pod failed.' }];
    default:
      return undefined;
  }
}

function address(pod: KubernetesObject): string {
  return text(list(pod, 'status', 'podIPs')[0], ['ip'], text(pod, ['status', 'podIP']));
}

function readinessGates(pod: KubernetesObject): string {
  const gates = list(pod, 'spec', 'readinessGates');
  if (gates.length === 0) return NONE;
  const passed = gates.filter((gate) => {
    const found = list(pod, 'status', 'conditions').find((one) => at(one, 'type') === at(gate, 'conditionType'));
    return at(found, 'status') === 'True';
  });
  return `${passed.length}/${gates.length}`;
}
