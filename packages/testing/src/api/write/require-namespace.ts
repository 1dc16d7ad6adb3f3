import { StatusError } from '../../errors/status-error.ts';
import { notFound } from '../../errors/statuses.ts';
import { builtInKind } from '../../state/built-in-kinds.ts';
import type { ObjectInput } from '../../state/kubernetes-object.ts';
import type { ObjectStore } from '../../state/object-store.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';

/**
 * A new object needs a namespace that is there to stay.
 *
 * @throws StatusError 404 for an unknown namespace, 403 for one that is being deleted.
 */
export function requireNamespace(options: {
  readonly store: ObjectStore;
  readonly kind: ResourceKind;
  readonly object: ObjectInput;
}): void {
  const { store, kind, object } = options;
  const { name, namespace } = object.metadata;
  if (namespace === undefined) return;
  const found = store.get({ kind: builtInKind('Namespace'), namespace: undefined, name: namespace });
  if (!found) throw notFound({ ...builtInKind('Namespace'), name: namespace });
  if (found.metadata.deletionTimestamp === undefined) return;
  const what = `${kind.resource}${kind.group === '' ? '' : `.${kind.group}`} "${name}"`;
  const reason = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${what} is forbidden: ${reason}`,
    details: {
      name,
      ...(kind.group === '' ? {} : { group: kind.group }),
      kind: kind.resource,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  });
}
