import { fieldsOf } from '../objects/defaults/fields.ts';
import { isReady } from '../objects/pod-object.ts';
import type { KubernetesObject, PodObject } from '../state/kubernetes-object.ts';
import { textOf } from './read-field.ts';

/** The phase of a pod, `Pending` until it has one. */
export function phaseOf(pod: KubernetesObject): string {
  return textOf(fieldsOf(pod.status).phase, 'Pending');
}

/** Whether a pod has ended for good. */
export function hasEnded(pod: KubernetesObject): boolean {
  const phase = phaseOf(pod);
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Whether a pod counts for its owner: it has not ended and is not about to. */
export function isActive(pod: KubernetesObject): boolean {
  return pod.metadata.deletionTimestamp === undefined && !hasEnded(pod);
}

/** Whether a pod says that it is ready; one without a status does not. */
export function isPodReady(pod: KubernetesObject): boolean {
  return pod.status !== undefined && isReady(pod as PodObject);
}

/**
 * The moment from which a pod counts as available, in milliseconds since the epoch: `minReadySeconds` after it became ready. It may lie in
 * the future; `undefined` for a pod that is not ready.
 */
export function availableFrom(pod: KubernetesObject, minReadySeconds: number): number | undefined {
  if (!isPodReady(pod)) return undefined;
  if (minReadySeconds === 0) return 0;
  const ready = (pod as PodObject).status.conditions?.find(({ type }) => type === 'Ready');
  const since = Date.parse(ready?.lastTransitionTime ?? '');
  return Number.isNaN(since) ? undefined : since + minReadySeconds * 1000;
}

/** How many pods are ready and available, and in how many milliseconds the next one of the ready ones will be available. */
export interface Readiness {
  readonly ready: number;
  readonly available: number;
  readonly nextInMs: number | undefined;
}

/** Counts what is ready and available now. */
export function readinessOf(options: {
  readonly pods: readonly KubernetesObject[];
  readonly minReadySeconds: number;
  readonly now: number;
}): Readiness {
  const { pods, minReadySeconds, now } = options;
  const moments = pods.filter(isPodReady).map((pod) => availableFrom(pod, minReadySeconds));
  const later = moments.filter((moment) => moment !== undefined && moment > now) as number[];
  const available = moments.filter((moment) => moment !== undefined && moment <= now).length;
  return { ready: moments.length, available, nextInMs: later.length > 0 ? soonest(later) - now : undefined };
}

/** The smallest of some moments or delays; a spread call would overflow the stack. */
function soonest(moments: readonly number[]): number {
  return moments.reduce((least, moment) => Math.min(least, moment), Number.POSITIVE_INFINITY);
}
