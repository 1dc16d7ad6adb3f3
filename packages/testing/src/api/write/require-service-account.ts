import { StatusError } from '../../errors/status-error.ts';
import { fieldsOf } from '../../objects/defaults/fields.ts';
import { builtInKind } from '../../state/built-in-kinds.ts';
import type { ObjectInput } from '../../state/kubernetes-object.ts';
import type { ObjectStore } from '../../state/object-store.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';

/** A pod needs its service account. @throws StatusError 403 when there is none of that name. */
export function requireServiceAccount(options: {
  readonly store: ObjectStore;
  readonly kind: ResourceKind;
  readonly object: ObjectInput;
}): void {
  const { store, kind, object } = options;
  if (kind !== builtInKind('Pod')) return;
  const { name, namespace } = object.metadata;
  const account = String(fieldsOf(object.spec).serviceAccountName);
  if (store.get({ kind: builtInKind('ServiceAccount'), namespace, name: account })) return;
  const reason = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
  throw new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `pods "${name}" is forbidden: ${reason}`,
    details: { name, kind: 'pods' },
  });
}
