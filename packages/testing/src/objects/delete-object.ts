import { type Clock, timestamp } from '../clock/clock.ts';
import type { KubernetesObject, PodObject } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';

/** What deleting needs, and how it happens. */
export interface DeleteOptions {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly key: ObjectKey;
  /** How long a pod may take to end, in seconds; 0 removes it at once. @default what its specification says */
  readonly graceSeconds?: number | undefined;
  /** Finalizers to add, such as `foregroundDeletion`. */
  readonly finalizers?: readonly string[];
}

/**
 * Deletes an object as the API server does: it goes at once, unless finalizers hold it, it is a pod on a node or a namespace. Those get their
 * `deletionTimestamp`; who holds them removes them.
 *
 * @returns the object as it is after that, or was before it went
 * @throws StatusError 404.
 */
export function deleteObject({ store, clock, key, graceSeconds, finalizers = [] }: DeleteOptions): KubernetesObject {
  const object = store.get(key);
  if (!object) return store.remove(key);
  const held = [...new Set([...(object.metadata.finalizers ?? []), ...finalizers])];
  const grace = key.kind.kind === 'Pod' ? graceOf(object as PodObject, graceSeconds) : 0;
  const isNamespace = key.kind.group === '' && key.kind.kind === 'Namespace';
  if (held.length === 0 && grace === 0 && !(isNamespace && hasFinalizers(object))) return store.remove(key);
  const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
  // A second request can only make it end earlier.
  if (deletionTimestamp !== undefined && grace >= (deletionGracePeriodSeconds ?? 0)) return object;
  const end = timestamp({ now: () => clock.now() + grace * 1000 });
  return store.replace({
    ...object,
    ...(isNamespace && { status: { phase: 'Terminating' } }),
    metadata: {
      ...object.metadata,
      deletionTimestamp: end,
      deletionGracePeriodSeconds: grace,
      ...(held.length > 0 && { finalizers: held }),
    },
  });
}

/** A namespace is held by its content, for which finalizers in its specification stand. */
function hasFinalizers({ spec }: KubernetesObject): boolean {
  return ((spec as { readonly finalizers?: readonly string[] } | undefined)?.finalizers?.length ?? 0) > 0;
}

/** What never ran, or has ended, needs no time to end. */
function graceOf({ spec, status }: PodObject, asked: number | undefined): number {
  if (spec.nodeName === undefined || status.phase === 'Succeeded' || status.phase === 'Failed') return 0;
  const { terminationGracePeriodSeconds } = spec;
  return asked ?? (typeof terminationGracePeriodSeconds === 'number' ? terminationGracePeriodSeconds : 30);
}
