import { ApiError, ForbiddenError } from '../../errors/cluster-errors.ts';
import { apiPath } from '../api-path.ts';
import type { Cluster } from '../cluster.ts';
import { fieldsOf, itemsOf, textOf } from '../fields.ts';
import type { Pod } from './pod.ts';

const REVISION = 'deployment.kubernetes.io/revision';

/**
 * Of a deployment's ready pods, the first of its newest revision that has any. The replica sets are asked for only where pods of several
 * are ready; without the right to list them the newest pod is taken.
 */
export async function newestRevision(options: {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly selector: string;
  /** Newest first. */
  readonly ready: readonly Pod[];
  readonly signal: AbortSignal;
}): Promise<Pod | undefined> {
  const { ready } = options;
  if (new Set(ready.map((pod) => pod.controller?.uid)).size < 2) return ready[0];
  const revisions = await revisionsOfReplicaSets(options);
  const revisionOf = (pod: Pod): number => revisions.get(pod.controller?.uid ?? '') ?? 0;
  return ready.toSorted((one, other) => revisionOf(other) - revisionOf(one))[0];
}

async function revisionsOfReplicaSets(options: {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly selector: string;
  readonly signal: AbortSignal;
}): Promise<ReadonlyMap<string, number>> {
  const { cluster, namespace, selector, signal } = options;
  const path = apiPath`/apis/apps/v1/namespaces/${namespace}/replicasets`;
  try {
    const list = fieldsOf(await cluster.request({ path, query: { labelSelector: selector }, signal }));
    return new Map(
      itemsOf(list.items).map((item) => {
        const { uid, annotations } = fieldsOf(fieldsOf(item).metadata);
        return [textOf(uid) ?? '', Number(fieldsOf(annotations)[REVISION]) || 0];
      }),
    );
  } catch (error) {
    if (error instanceof ForbiddenError || error instanceof ApiError) return new Map(); // the age of the pods decides then
    throw error;
  }
}
