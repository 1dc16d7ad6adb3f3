import type { Pod } from './pod.ts';

/** Whether a pod can take connections by what Kubernetes knows: it runs and is not being deleted. */
export function isRunning(pod: Pod): boolean {
  return pod.phase === 'Running' && !pod.isTerminating;
}

/** The pods that are ready, best first: the newest, and by name where two are of the same second. */
export function readyPods(pods: readonly Pod[]): readonly Pod[] {
  return pods.filter((pod) => isRunning(pod) && pod.isReady).toSorted(byNewest);
}

function byNewest(one: Pod, other: Pod): number {
  return other.createdAt - one.createdAt || (one.name < other.name ? -1 : 1);
}
