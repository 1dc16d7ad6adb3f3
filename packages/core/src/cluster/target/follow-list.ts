import { ApiError, ClusterUnreachableError } from '../../errors/cluster-errors.ts';
import { Backoff } from '../../lifecycle/backoff.ts';
import { delay } from '../../lifecycle/deadline.ts';
import type { Cluster, ClusterQuery } from '../cluster.ts';
import { fieldsOf, itemsOf, textOf } from '../fields.ts';

/** A collection to follow. */
export interface FollowListOptions {
  readonly cluster: Cluster;
  /** The collection's path. */
  readonly path: string;
  readonly query?: ClusterQuery;
  readonly signal: AbortSignal;
}

/**
 * The objects of a collection, unchecked: first as they are listed, then again after each change, from a watch. Goes on through ends of
 * the watch, versions that are too old, and lost connections, until the signal aborts or the loop is left.
 *
 * @throws the typed error of any other answer, for instance {@link ForbiddenError}
 */
export async function* followList(options: FollowListOptions): AsyncGenerator<readonly unknown[], never, undefined> {
  const { cluster, path, query, signal } = options;
  const backoff = new Backoff();
  for (;;) {
    const list = fieldsOf(await cluster.request({ path, ...(query ? { query } : {}), signal }));
    const objects = new Map(itemsOf(list.items).map((item) => [keyOf(item), item]));
    let resourceVersion = versionOf(list);
    yield [...objects.values()];
    try {
      for (;;) {
        for await (const event of cluster.watch({ path, ...(query ? { query } : {}), resourceVersion, signal })) {
          backoff.reset();
          resourceVersion = versionOf(event.object) || resourceVersion;
          if (event.type === 'BOOKMARK') continue;
          if (event.type === 'DELETED') objects.delete(keyOf(event.object));
          else objects.set(keyOf(event.object), event.object);
          yield [...objects.values()];
        }
        await delay({ ms: backoff.next(), signal });
      }
    } catch (error) {
      const isTooOld = error instanceof ApiError && error.status === 410;
      if (signal.aborted || !(isTooOld || error instanceof ClusterUnreachableError)) throw error;
    }
    await delay({ ms: backoff.next(), signal });
  }
}

function keyOf(object: unknown): string {
  const { uid, name } = fieldsOf(fieldsOf(object).metadata);
  return textOf(uid) ?? textOf(name) ?? '';
}

function versionOf(object: unknown): string {
  return textOf(fieldsOf(fieldsOf(object).metadata).resourceVersion) ?? '';
}
