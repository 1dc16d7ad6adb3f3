import { randomUUID } from 'node:crypto';
import type { ObjectInput } from '../state/kubernetes-object.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import { type Fields, fieldsOf } from './defaults/fields.ts';

/** What only the creation of an object adds, because it needs its name or its uid. */
export function finishNewObject({ object, kind }: { object: ObjectInput; kind: ResourceKind }): ObjectInput {
  if (kind.kind === 'Namespace' && kind.group === '') return namespaceWithLabel(object);
  if (kind.kind === 'Job' && kind.group === 'batch') return jobWithSelector(object);
  return object;
}

function namespaceWithLabel(object: ObjectInput): ObjectInput {
  const { name, labels } = object.metadata;
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } } };
}

/** The pods of a job are told by its uid, unless the one who made it chose a selector. */
function jobWithSelector(object: ObjectInput): ObjectInput {
  const spec = fieldsOf(object.spec);
  if (spec.manualSelector === true || spec.selector !== undefined) return object;
  const uid = randomUUID();
  const { name } = object.metadata;
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = fieldsOf(spec.template);
  const metadata: Fields = {
    ...fieldsOf(template.metadata),
    labels: { ...fieldsOf(fieldsOf(template.metadata).labels), ...labels },
  };
  const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
  return {
    ...object,
    metadata: { ...object.metadata, uid },
    spec: { ...spec, selector, template: { ...template, metadata } },
  };
}
