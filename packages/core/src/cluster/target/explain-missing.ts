import { ApiError } from '../../errors/cluster-errors.ts';
import { NamespaceNotFoundError, TargetNotFoundError } from '../../errors/target-errors.ts';
import type { AbortOptions } from '../../lifecycle/abort-options.ts';
import { apiPath } from '../api-path.ts';
import type { Cluster } from '../cluster.ts';
import { fieldsOf, itemsOf, textOf } from '../fields.ts';
import { similarNames } from './similar-names.ts';

const MAX_CANDIDATES = '500';

/**
 * The error for an object that does not exist: its namespace may be missing as a whole, or other names may have been meant. What the role
 * may not look up is left out.
 */
export async function explainMissing(
  options: AbortOptions & {
    readonly cluster: Cluster;
    readonly namespace: string;
    readonly kind: string;
    readonly name: string;
    /** The path of its collection. */
    readonly collection: string;
    readonly cause: unknown;
  },
): Promise<NamespaceNotFoundError | TargetNotFoundError> {
  const { cluster, namespace, kind, name, cause } = options;
  const [isMissing, similar] = await Promise.all([isNamespaceMissing(options), findSimilar(options)]);
  if (isMissing) return namespaceMissing({ namespace, context: cluster.context, cause });
  return new TargetNotFoundError({
    message: `There is no ${kind} "${name}" in namespace "${namespace}"`,
    hint: similar.length > 0 ? `Did you mean ${similar.join(' or ')}?` : undefined,
    similar,
    cause,
  });
}

/** The error for a namespace that does not exist. */
export function namespaceMissing(options: {
  readonly namespace: string;
  readonly context: string;
  readonly cause?: unknown;
}): NamespaceNotFoundError {
  const { namespace, context, cause } = options;
  return new NamespaceNotFoundError({
    message: `There is no namespace "${namespace}" in the cluster of context "${context}"`,
    hint: 'Is it the right context? Namespaces are listed by: kubectl get namespaces',
    namespace,
    cause,
  });
}

/** Whether the server says that the namespace does not exist; `false` when the role may not ask. */
export async function isNamespaceMissing(
  options: AbortOptions & { readonly cluster: Cluster; readonly namespace: string },
): Promise<boolean> {
  const { cluster, namespace, signal } = options;
  try {
    await cluster.request({ path: apiPath`/api/v1/namespaces/${namespace}`, signal });
    return false;
  } catch (error) {
    signal?.throwIfAborted();
    return isNotFound(error);
  }
}

/** Whether an error is the API server's 404. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

async function findSimilar(
  options: AbortOptions & { readonly cluster: Cluster; readonly collection: string; readonly name: string },
): Promise<readonly string[]> {
  const { cluster, collection: path, name, signal } = options;
  try {
    const list = fieldsOf(await cluster.request({ path, query: { limit: MAX_CANDIDATES }, signal }));
    const names = itemsOf(list.items).map((item) => textOf(fieldsOf(fieldsOf(item).metadata).name) ?? '');
    return similarNames({ name, existing: names });
  } catch {
    signal?.throwIfAborted();
    return []; // a suggestion is a courtesy; the 404 before it is the news
  }
}
