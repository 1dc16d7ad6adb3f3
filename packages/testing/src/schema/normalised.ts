import { type Fields, isFields } from '../documents/fields.ts';
import { isRefusal } from './reading.ts';
import { readSingleValue } from './single-value.ts';
import type { FieldSchema, Schemas, TypeSchema } from './type-schema.ts';

const SCHEMA = 'apiextensions.v1.JSONSchemaProps';
const ZEROS: Readonly<Record<string, unknown>> = {
  string: '',
  bool: false,
  int32: 0,
  int64: 0,
  double: 0,
  bytes: '',
  'resource.Quantity': '0',
  'intstr.IntOrString': 0,
};

/**
 * An object of a built-in kind as Go writes it once it has read it: without `null`, without the fields that the type does not have,
 * without what `omitempty` leaves out (`labels: {}`), with quantities, times and base64 in canonical form, and with the structs that Go
 * always writes (`status: {}`, `resources: {}`). Numbers, texts and lists that Go writes even where the object lacks them are added
 * only within structs that are added: elsewhere the defaults are still to come.
 *
 * Nothing is changed in place, and what is as it should be is shared. An object of another kind comes back as it is, and so do values of
 * a wrong type: `valueProblem` finds those.
 */
export function normalised<T extends { readonly apiVersion: string; readonly kind: string }>({
  object,
  schemas,
}: {
  readonly object: T;
  readonly schemas: Schemas;
}): T {
  const type = schemas.ofKind(object);
  return type === undefined ? object : (normalStruct(object, type, schemas) as T);
}

function normalStruct(given: Fields, type: TypeSchema, schemas: Schemas): Fields {
  const normal: Record<string, unknown> = {};
  let isSame = true;
  // Every name is one of the type: `__proto__` is none.
  for (const name of Object.keys(given)) {
    const field = type.field(name);
    const value = given[name];
    const kept = field && value !== null && value !== undefined ? normalField(value, field, schemas) : undefined;
    if (kept !== undefined) normal[name] = kept;
    isSame &&= kept === value;
  }
  for (const name of type.zeroFields) {
    if (Object.hasOwn(normal, name)) continue;
    const zero = zeroStruct(type.field(name), schemas);
    if (zero === undefined) continue;
    normal[name] = zero;
    isSame = false;
  }
  return isSame ? given : normal;
}

/** @returns `undefined` for what Go leaves out. */
function normalField(value: unknown, field: FieldSchema, schemas: Schemas): unknown {
  if (field.shape === 'one') {
    const normal = normalValue(value, field, schemas);
    return isEmptyScalar(normal) && field.isPointer !== true && field.isAlways !== true && !isStructInGo(field.type)
      ? undefined
      : normal;
  }
  if (field.shape === 'list') {
    if (!Array.isArray(value)) return value;
    return value.length === 0 && field.isAlways !== true ? undefined : normalList(value, field, schemas);
  }
  if (!isFields(value)) return value;
  const names = Object.keys(value);
  return names.length === 0 && field.isAlways !== true ? undefined : normalMap(value, names, field, schemas);
}

function normalList(given: readonly unknown[], field: FieldSchema, schemas: Schemas): readonly unknown[] {
  const normal = given.map((item) => normalItem(item, field, schemas));
  return normal.every((item, index) => item === given[index]) ? given : normal;
}

function normalMap(given: Fields, names: readonly string[], field: FieldSchema, schemas: Schemas): Fields {
  const normal = names.map((name) => [name, normalItem(given[name], field, schemas)] as const);
  // `fromEntries` and not an assignment: a name may be `__proto__`.
  return normal.every(([name, item]) => item === given[name]) ? given : Object.fromEntries(normal);
}

/** An item that is `null` is the zero value of its type. */
function normalItem(item: unknown, field: FieldSchema, schemas: Schemas): unknown {
  if (item !== null) return normalValue(item, field, schemas);
  const struct = schemas.ofType(field.type);
  return struct === undefined ? (ZEROS[field.type] ?? null) : normalStruct({}, struct, schemas);
}

function normalValue(value: unknown, { type, goType }: FieldSchema, schemas: Schemas): unknown {
  const struct = schemas.ofType(type);
  if (struct !== undefined) return isFields(value) ? normalStruct(value, struct, schemas) : value;
  if (type.startsWith(`${SCHEMA}Or`)) return normalSchemaOr(value, schemas);
  const reading = readSingleValue({ type, value, goType });
  return isRefusal(reading) ? value : reading.value;
}

/** A schema, a list of them, or of texts, or a bool. */
function normalSchemaOr(value: unknown, schemas: Schemas): unknown {
  const schema = schemas.ofType(SCHEMA);
  const normal = (item: unknown) => (schema && isFields(item) ? normalStruct(item, schema, schemas) : item);
  if (!Array.isArray(value)) return normal(value);
  const items = value.map(normal);
  return items.every((item, index) => item === value[index]) ? value : items;
}

/** What Go writes for a struct that the object lacks; `undefined` for a field that is no struct. */
function zeroStruct(field: FieldSchema | undefined, schemas: Schemas): Fields | undefined {
  if (field === undefined || field.shape !== 'one' || field.isPointer === true) return undefined;
  const type = schemas.ofType(field.type);
  if (type === undefined) return undefined;
  const zeros = type.zeroFields.flatMap((name) => {
    const inner = type.field(name);
    const isScalar = inner?.shape === 'one' && inner.isPointer !== true;
    const zero = zeroStruct(inner, schemas) ?? (isScalar ? ZEROS[inner.type] : undefined);
    return zero === undefined ? [] : [[name, zero] as const];
  });
  return Object.fromEntries(zeros);
}

/** Go's `omitempty` leaves no struct out, be JSON a text there. */
function isStructInGo(type: string): boolean {
  return type.includes('.');
}

function isEmptyScalar(value: unknown): boolean {
  return value === '' || value === 0 || value === false;
}
