import { type Clock, timestamp } from '../clock/clock.ts';
import { wait } from '../clock/wait.ts';
import { notFound } from '../errors/statuses.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { Sandboxes } from './sandboxes.ts';

/** What {@link deletePod} needs. */
export interface DeletePodOptions {
  readonly store: ObjectStore;
  readonly sandboxes: Sandboxes;
  readonly clock: Clock;
  readonly namespace: string;
  readonly name: string;
  /** How long the pod stays `Terminating`, in milliseconds. */
  readonly graceMs: number;
  /** Ends the waiting; the pod then stays as it is. */
  readonly signal: AbortSignal;
}

/**
 * Deletes a pod that a test moves: it is marked, has its time, and is gone, unless finalizers hold its object. Without grace all of it
 * happens before this returns.
 *
 * @throws StatusError 404 when there is no such pod.
 */
export async function deletePod(options: DeletePodOptions): Promise<void> {
  const { store, sandboxes, clock, namespace, name, graceMs, signal } = options;
  const key = { kind: builtInKind('Pod'), namespace, name };
  const pod: KubernetesObject | undefined = store.get(key);
  if (!pod) throw notFound({ ...key.kind, name });
  const { uid } = pod.metadata;
  const deletionTimestamp = timestamp({ now: () => clock.now() + graceMs });
  const deletionGracePeriodSeconds = Math.ceil(graceMs / 1000);
  store.replace({ ...pod, metadata: { ...pod.metadata, deletionTimestamp, deletionGracePeriodSeconds } });
  if (graceMs > 0) await wait({ clock, ms: graceMs, signal });
  // Stopped, or deleted by someone else in the meantime: then this pod is not there any more, or nobody asks.
  const current = store.get(key);
  if (signal.aborted || current?.metadata.uid !== uid) return;
  sandboxes.remove(uid);
  if ((current.metadata.finalizers ?? []).length === 0) store.remove(key);
}
