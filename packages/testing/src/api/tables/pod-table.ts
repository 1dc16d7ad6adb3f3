import type { KubernetesObject, PodObject } from '../../state/kubernetes-object.ts';
import { AGE, type Column, NAME, NONE, text } from './table-layout.ts';

const asPod = (object: KubernetesObject) => object as PodObject;

/** The columns of pods, as the real API server prints them. */
export const POD_COLUMNS: readonly Column[] = [
  NAME,
  { name: 'Ready', cell: (object) => readyText(asPod(object)) },
  { name: 'Status', cell: (object) => podStatus(asPod(object)) },
  { name: 'Restarts', cell: (object) => restarts(asPod(object)) },
  AGE,
  { name: 'IP', wide: true, cell: (object) => text(object, ['status', 'podIP']) },
  { name: 'Node', wide: true, cell: (object) => text(object, ['spec', 'nodeName']) },
  { name: 'Nominated Node', wide: true, cell: (object) => text(object, ['status', 'nominatedNodeName']) },
  { name: 'Readiness Gates', wide: true, cell: () => NONE },
];

function readyText(pod: PodObject): string {
  const ready = pod.status.containerStatuses?.filter((status) => status.ready).length ?? 0;
  return `${ready}/${pod.spec.containers.length}`;
}

function restarts(pod: PodObject): string {
  return String(pod.status.containerStatuses?.reduce((sum, status) => sum + status.restartCount, 0) ?? 0);
}

/** What the STATUS column says: a reason in the pod or its containers comes before the phase; a pod on its way out is `Terminating`. */
function podStatus(pod: PodObject): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  for (const { state } of pod.status.containerStatuses ?? []) {
    if (state?.waiting?.reason) return state.waiting.reason;
    if (state?.terminated) return state.terminated.reason ?? `ExitCode:${state.terminated.exitCode ?? 0}`;
  }
  return pod.status.reason ?? pod.status.phase;
}
