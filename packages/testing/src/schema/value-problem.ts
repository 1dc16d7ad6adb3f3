import { isFields } from '../documents/fields.ts';
import { badRequest } from '../errors/statuses.ts';
import { isRefusal, type Refusal } from './reading.ts';
import { isListOfTexts, readSingleValue } from './single-value.ts';
import type { FieldSchema, Schemas, TypeSchema } from './type-schema.ts';

/** How deep an object may be nested; deeper than any real one. */
const MAX_DEPTH = 1000;
const SCHEMA = 'apiextensions.v1.JSONSchemaProps';

/** Where a value stands. */
interface Place {
  /** The innermost type in Go, such as `ContainerPort`. */
  readonly owner: string;
  /** The fields on the way, without the keys of maps and the indexes of lists. */
  readonly path: string;
  readonly depth: number;
}

/** What Go refuses, and where. */
export interface FoundProblem {
  readonly refusal: Refusal;
  readonly place: Place;
  /** What should be there: a type of the schema, or the shape of many of them; `own` for a type whose own code has refused the value. */
  readonly wanted: 'struct' | 'list' | 'map' | 'own' | 'scalar';
}

interface Search {
  readonly schemas: Schemas;
  /**
   * Go's JSON reads on after a value of a wrong type, and names the first of them at the end; what a type's own code refuses ends it at
   * once. Its converter ends at the first of either.
   */
  readonly readsOn: boolean;
  first: FoundProblem | undefined;
}

/**
 * Why Go cannot read an object of a built-in kind from JSON, in its words: `json: cannot unmarshal number into Go struct field
 * ConfigMap.data of type string`.
 *
 * @returns `undefined` if it can, and for a kind that is not built in
 * @throws StatusError 400 for an object nested more than 1000 levels deep.
 */
export function valueProblem({
  object,
  schemas,
}: {
  readonly object: { readonly apiVersion: string; readonly kind: string };
  readonly schemas: Schemas;
}): string | undefined {
  const found = findProblem({ object, schemas, readsOn: true });
  if (found === undefined) return undefined;
  const { refusal, place } = found;
  if ('problem' in refusal) return refusal.problem;
  const { given, goType } = refusal;
  const field = `${place.owner}.${place.path}`;
  return `json: cannot unmarshal ${jsonName(given, goType)} into Go struct field ${field} of type ${goType}`;
}

/**
 * The first problem of an object of a built-in kind.
 *
 * @throws StatusError 400 for an object nested more than 1000 levels deep.
 */
export function findProblem({
  object,
  schemas,
  readsOn,
}: {
  readonly object: { readonly apiVersion: string; readonly kind: string };
  readonly schemas: Schemas;
  /** Whether a quantity, time or the like that is none goes before values of a wrong type, as in JSON. */
  readonly readsOn: boolean;
}): FoundProblem | undefined {
  const type = schemas.ofKind(object);
  return type && problemIn({ value: { ...object }, type, schemas, readsOn, depth: 0 });
}

function problemIn(options: {
  readonly value: Readonly<Record<string, unknown>>;
  readonly type: TypeSchema;
  readonly schemas: Schemas;
  readonly readsOn: boolean;
  readonly depth: number;
}): FoundProblem | undefined {
  const { value, type, schemas, readsOn, depth } = options;
  const search: Search = { schemas, readsOn, first: undefined };
  return searchStruct(value, type, { owner: '', path: '', depth }, search) ?? search.first;
}

/** @returns what ends the reading. */
function searchStruct(
  value: Readonly<Record<string, unknown>>,
  type: TypeSchema,
  { path, depth }: Place,
  search: Search,
): FoundProblem | undefined {
  if (depth > MAX_DEPTH) throw badRequest('json: exceeded max depth');
  const owner = type.name.slice(type.name.lastIndexOf('.') + 1);
  for (const name of Object.keys(value)) {
    const field = type.field(name);
    if (field === undefined) continue;
    const place = { owner, path: path === '' ? name : `${path}.${name}`, depth: depth + 1 };
    const end = searchField(value[name], field, place, search);
    if (end !== undefined) return end;
  }
  return undefined;
}

function searchField(value: unknown, field: FieldSchema, place: Place, search: Search): FoundProblem | undefined {
  if (value === null || value === undefined) return undefined;
  const { shape, goType } = field;
  if (shape === 'one') return searchValue(value, field.type, goType, place, search);
  const isRight = shape === 'list' ? Array.isArray(value) : isFields(value);
  if (!isRight) return note({ refusal: { given: value, goType }, place, wanted: shape }, search);
  // `[]v1.Container` and `map[string]string`; of the types with names of their own no item has a wrong one.
  const itemType = goType.slice(goType.indexOf(']') + 1);
  for (const item of Object.values(value) as readonly unknown[]) {
    const end = searchValue(item, field.type, itemType, place, search);
    if (end !== undefined) return end;
  }
  return undefined;
}

function searchValue(
  value: unknown,
  type: string,
  goType: string,
  place: Place,
  search: Search,
): FoundProblem | undefined {
  if (value === null) return undefined;
  const struct = search.schemas.ofType(type);
  if (struct !== undefined) {
    if (isFields(value)) return searchStruct(value, struct, place, search);
    return note({ refusal: { given: value, goType }, place, wanted: 'struct' }, search);
  }
  if (type.startsWith(`${SCHEMA}Or`)) return searchSchemaOr(value, type, place, search);
  const refusal = readSingleValue({ type, value, goType });
  if (!isRefusal(refusal)) return undefined;
  if (type === 'bytes') return note({ refusal, place, wanted: 'list' }, search);
  if (!type.includes('.')) return note({ refusal, place, wanted: 'scalar' }, search);
  if (isListOfTexts(type)) return note({ refusal, place, wanted: 'list' }, search);
  return { refusal, place, wanted: 'own' };
}

/** A schema, or a list or a bool in its place; Go reads each schema in there on its own, and takes anything else for nothing. */
function searchSchemaOr(value: unknown, type: string, place: Place, search: Search): FoundProblem | undefined {
  const isBool = type === `${SCHEMA}OrBool`;
  if (isBool && !isFields(value) && typeof value !== 'boolean')
    return { refusal: { problem: 'boolean or JSON schema expected' }, place, wanted: 'own' };
  const struct = search.schemas.ofType(SCHEMA);
  const isTexts = type === `${SCHEMA}OrStringArray` && Array.isArray(value);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) {
    const refusal = refusalOf(item);
    if (refusal !== undefined) return { refusal, place, wanted: 'own' };
  }
  return undefined;

  function refusalOf(item: unknown): Refusal | undefined {
    if (isFields(item) && !isTexts && struct !== undefined)
      return problemIn({ ...search, value: item, type: struct, depth: place.depth })?.refusal;
    if (item === null || !Array.isArray(value)) return undefined;
    if (isTexts) return typeof item === 'string' ? undefined : { given: item, goType: 'string' };
    return { given: item, goType: 'v1.JSONSchemaProps' };
  }
}

function note(found: FoundProblem, search: Search): FoundProblem | undefined {
  if (!search.readsOn) return found;
  search.first ??= found;
  return undefined;
}

/** What Go calls a value of JSON; of a number that is no such integer it says which. */
export function jsonName(value: unknown, goType: string): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return /^u?int\d+$/.test(goType) ? `number ${value}` : 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
