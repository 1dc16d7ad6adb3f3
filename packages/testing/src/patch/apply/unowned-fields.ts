import { isObject, type JsonObject, type MutableObject, ownField, setField } from '../json-value.ts';
import { FieldSet } from './field-set.ts';
import { fieldElement } from './path-element.ts';

/** The fields that nobody ever owns, for they name the object or belong to the server. */
export const UNOWNED: FieldSet = FieldSet.of([
  [fieldElement('apiVersion')],
  [fieldElement('kind')],
  [fieldElement('metadata')],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => [fieldElement('metadata'), fieldElement(name)]),
]);

/** The path to a field that a write through some endpoint does not change, such as `['metadata', 'labels']`. */
export type ResetField = readonly string[];

/** What writes to the object, and to its `status`, leave alone in most kinds. */
export function defaultResetFields(subresource: string): readonly ResetField[] {
  if (subresource === '') return [['status']];
  return subresource === 'status' ? [['spec']] : [];
}

/** The object without the fields that the endpoint resets, and without managedFields. */
export function withoutResetFields({
  object,
  fields,
}: {
  object: JsonObject;
  fields: readonly ResetField[];
}): JsonObject {
  return [['metadata', 'managedFields'], ...fields].reduce<JsonObject>((rest, path) => without(rest, path), object);
}

function without(object: JsonObject, [name, ...rest]: ResetField): JsonObject {
  if (name === undefined || !Object.hasOwn(object, name)) return object;
  const result: MutableObject = { ...object };
  const inner = ownField(object, name);
  if (rest.length === 0) delete result[name];
  else if (isObject(inner)) setField(result, name, without(inner, rest));
  return result;
}

/** The object with other managedFields; `undefined` takes them away. */
export function withManagedFields({
  object,
  value,
}: {
  object: JsonObject;
  value: readonly JsonObject[] | undefined;
}): JsonObject {
  const metadata = ownField(object, 'metadata');
  const copy: MutableObject = { ...(isObject(metadata) ? metadata : {}) };
  delete copy.managedFields;
  return { ...object, metadata: value === undefined ? copy : { ...copy, managedFields: value } };
}

/** `metadata.managedFields` of an object. */
export function managedFieldsOf(object: JsonObject | undefined): unknown {
  const metadata = object === undefined ? undefined : ownField(object, 'metadata');
  return isObject(metadata) ? ownField(metadata, 'managedFields') : undefined;
}
