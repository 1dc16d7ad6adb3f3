import { setTimeout as wait } from 'node:timers/promises';
import { notFound } from '../errors/statuses.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { knownKind } from '../state/resource-kinds.ts';
import type { Sandboxes } from './sandboxes.ts';

/** What {@link deletePod} needs. */
export interface DeletePodOptions {
  readonly store: ObjectStore;
  readonly sandboxes: Sandboxes;
  readonly namespace: string;
  readonly name: string;
  /** How long the pod stays `Terminating`, in milliseconds. */
  readonly graceMs: number;
  /** Ends the waiting; the pod then stays as it is. */
  readonly signal: AbortSignal;
}

/**
 * Deletes a pod as a kubelet does: it is marked, has its time, and is gone. Without grace both happen before this returns.
 *
 * @throws StatusError 404 when there is no such pod.
 */
export async function deletePod(options: DeletePodOptions): Promise<void> {
  const { store, sandboxes, namespace, name, graceMs, signal } = options;
  const key = { kind: knownKind('Pod'), namespace, name };
  const pod: KubernetesObject | undefined = store.get(key);
  if (!pod) throw notFound({ ...key.kind, name });
  const { uid } = pod.metadata;
  const deletionTimestamp = new Date(Date.now() + graceMs).toISOString().replace(/\.\d+/, '');
  const deletionGracePeriodSeconds = Math.ceil(graceMs / 1000);
  store.replace({ ...pod, metadata: { ...pod.metadata, deletionTimestamp, deletionGracePeriodSeconds } });
  if (graceMs > 0) await wait(graceMs, undefined, { signal }).catch(() => undefined);
  // Stopped, or deleted by someone else in the meantime: then this pod is not there any more, or nobody asks.
  if (signal.aborted || store.get(key)?.metadata.uid !== uid) return;
  store.remove(key);
  sandboxes.remove(uid);
}
