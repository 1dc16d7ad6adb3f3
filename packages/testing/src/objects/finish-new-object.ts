import type { ObjectInput } from '../state/kubernetes-object.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import { fieldsOf } from './defaults/fields.ts';
import { withJobSelector } from './job-selector.ts';

/** What only the creation of an object adds, because it needs its name or its uid. */
export function finishNewObject(options: {
  readonly object: ObjectInput;
  readonly kind: ResourceKind;
  readonly newUid: () => string;
}): ObjectInput {
  const { object, kind, newUid } = options;
  if (kind.kind === 'Namespace' && kind.group === '') return namespaceWithLabel(object);
  // Whoever says `manualSelector` chooses the selector, which then must be there.
  if (kind.kind !== 'Job' || kind.group !== 'batch' || fieldsOf(object.spec).manualSelector === true) return object;
  return withJobSelector({ ...object, metadata: { ...object.metadata, uid: object.metadata.uid ?? newUid() } });
}

function namespaceWithLabel(object: ObjectInput): ObjectInput {
  const { name, labels } = object.metadata;
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } } };
}
