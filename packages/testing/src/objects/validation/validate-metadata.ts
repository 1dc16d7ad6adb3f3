import { invalidValue, required } from '../../errors/invalid.ts';
import type { StatusCause } from '../../errors/status-error.ts';
import type { ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import { fieldsOf } from '../defaults/fields.ts';
import { brokenRule, DNS_LABEL, LABEL_KEY, LABEL_VALUE, OLD_DNS_LABEL, SUBDOMAIN } from './names.ts';

/** The most that all annotations of an object may take, in bytes. */
const MAX_ANNOTATIONS_BYTES = 256 * 1024;
const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** What is wrong with the name, the labels and the annotations of an object. */
export function validateMetadata(object: ObjectInput, kind: ResourceKind): readonly StatusCause[] {
  const { name, labels, annotations } = object.metadata;
  return [
    ...validateName(name, kind),
    ...validateLabels(labels, 'metadata.labels'),
    ...validateAnnotations(annotations),
    ...validateOwners(object),
    ...validateFinalizers(object, kind),
  ];
}

/** What is wrong with labels, which stand at this field. */
export function validateLabels(labels: unknown, field: string): readonly StatusCause[] {
  return Object.entries(fieldsOf(labels)).flatMap(([key, value]) => {
    const text = String(value);
    const [keyProblem, valueProblem] = [brokenKey(key), brokenRule(text, LABEL_VALUE)];
    return [
      ...(keyProblem === undefined ? [] : [invalidValue(field, key, keyProblem)]),
      ...(valueProblem === undefined ? [] : [invalidValue(field, text, valueProblem)]),
    ];
  });
}

function validateName(name: string, kind: ResourceKind): readonly StatusCause[] {
  if (name === '') return [required('metadata.name', 'name or generateName is required')];
  // The names of roles and bindings are only parts of paths.
  if (kind.group === RBAC_GROUP) {
    return /[/%]/.test(name) || name === '.' || name === '..'
      ? [invalidValue('metadata.name', name, "may not contain '/' or '%'")]
      : [];
  }
  const rule = kind.kind === 'Service' ? OLD_DNS_LABEL : kind.kind === 'Namespace' ? DNS_LABEL : SUBDOMAIN;
  const problem = brokenRule(name, rule);
  return problem === undefined ? [] : [invalidValue('metadata.name', name, problem)];
}

function validateAnnotations(annotations: unknown): readonly StatusCause[] {
  const field = 'metadata.annotations';
  const entries = Object.entries(fieldsOf(annotations));
  const bytes = entries.reduce((sum, [key, value]) => sum + key.length + Buffer.byteLength(String(value)), 0);
  const keys = entries.flatMap(([key]) => {
    const problem = brokenKey(key.toLowerCase());
    return problem === undefined ? [] : [invalidValue(field, key, problem)];
  });
  if (bytes <= MAX_ANNOTATIONS_BYTES) return keys;
  const tooLong = {
    reason: 'FieldValueTooLong',
    message: `Too long: may not be more than ${MAX_ANNOTATIONS_BYTES} bytes`,
  };
  return [...keys, { ...tooLong, field }];
}

function validateOwners({ metadata }: ObjectInput): readonly StatusCause[] {
  const field = 'metadata.ownerReferences';
  return (metadata.ownerReferences ?? []).flatMap(({ apiVersion, kind, name, uid }) =>
    Object.entries({ version: apiVersion, kind, name, uid }).flatMap(([what, value]) =>
      value
        ? []
        : [invalidValue(`${field}.${what === 'version' ? 'apiVersion' : what}`, '', `${what} must not be empty`)],
    ),
  );
}

/** What Kubernetes itself puts there; all others belong to a domain. */
const STANDARD_FINALIZERS = new Set(['foregroundDeletion', 'kubernetes', 'orphan']);

function validateFinalizers({ metadata }: ObjectInput, { group }: ResourceKind): readonly StatusCause[] {
  // The finalizer of definitions itself has a name without a slash.
  if (group === 'apiextensions.k8s.io') return [];
  return (metadata.finalizers ?? []).flatMap((name, index) => {
    const field = `metadata.finalizers[${index}]`;
    if (name.includes('/') && brokenKey(name) === undefined) return [];
    if (STANDARD_FINALIZERS.has(name)) return [];
    return [invalidValue(field, name, 'name is neither a standard finalizer name nor is it fully qualified')];
  });
}

/** `name` or `domain/name`. */
function brokenKey(key: string): string | undefined {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2) return `a qualified name ${LABEL_KEY.sentence.replace('name part ', '')}`;
  const prefix = parts.length === 2 ? brokenRule(parts[0] ?? '', SUBDOMAIN) : undefined;
  return prefix === undefined ? brokenRule(name, LABEL_KEY) : `prefix part ${prefix}`;
}
