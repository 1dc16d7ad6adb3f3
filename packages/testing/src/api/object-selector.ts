import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import { parseFieldSelector } from './field-selector.ts';
import { parseLabelSelector } from './label-selector.ts';

/** Which objects a list or a watch is about. */
export type ObjectPredicate = (object: KubernetesObject) => boolean;

/**
 * The selection that a request's path and query make: namespace, one name, `labelSelector`, `fieldSelector`.
 *
 * @throws StatusError 400 for a selector that cannot be parsed.
 */
export function selectObjects(request: {
  readonly kind: ResourceKind;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly query: URLSearchParams;
}): ObjectPredicate {
  const { kind, namespace, name, query } = request;
  const byLabels = parseLabelSelector(query.get('labelSelector') ?? '');
  const byFields = parseFieldSelector({ text: query.get('fieldSelector') ?? '', kind });
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    byLabels(object.metadata.labels ?? {}) &&
    byFields(object);
}
