import type { ObjectInput } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import type { Addresses } from './addresses.ts';
import { fieldsOf } from './defaults/fields.ts';
import { withObjectDefaults } from './defaults/object-defaults.ts';
import { withJobSelector } from './job-selector.ts';

/** A new object with its defaults, and with what only its creation adds, because it needs its name or its uid. */
export function finishNewObject(options: {
  readonly object: ObjectInput;
  readonly kind: ResourceKind;
  readonly addresses: Addresses;
  readonly store: Pick<ObjectStore, 'newUid'>;
}): ObjectInput {
  const { kind, addresses, store } = options;
  const object = withObjectDefaults(options.object, addresses);
  if (kind.kind === 'Namespace' && kind.group === '') return namespaceWithLabel(object);
  // Whoever says `manualSelector` chooses the selector, which then must be there.
  if (kind.kind !== 'Job' || kind.group !== 'batch' || fieldsOf(object.spec).manualSelector === true) return object;
  return withJobSelector({ ...object, metadata: { ...object.metadata, uid: object.metadata.uid ?? store.newUid() } });
}

function namespaceWithLabel(object: ObjectInput): ObjectInput {
  const { name, labels } = object.metadata;
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } } };
}
