import { isFields } from '../documents/fields.ts';
import { badRequest } from '../errors/statuses.ts';
import type { FieldSchema, Schemas, TypeSchema } from './type-schema.ts';

/** The real server names no more (sigs.k8s.io/json). */
const MAX_FIELDS = 100;
/** All paths together, in characters: a long key may be part of each of them. */
const MAX_CHARACTERS = 65_536;
/** How deep an object may be nested; deeper than any real one. */
const MAX_DEPTH = 1000;

interface Search {
  readonly schemas: Schemas;
  readonly found: string[];
  /** Of the paths found. */
  characters: number;
}

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/**
 * The paths of the fields that the type of an object does not have, such as `spec.template.spec.containers[0].foo`, in the order of the
 * object: what `fieldValidation=Strict` refuses and `Warn` warns of. The first 100 of them, or fewer if they are longer than 65,536
 * characters; none for a kind that is not built in.
 *
 * Values of a wrong type are passed over, and so is what the real server does not look into: `JSONSchemaPropsOrArray` and free JSON.
 *
 * @throws StatusError 400 for an object nested more than 1000 levels deep.
 */
export function unknownFields({
  object,
  schemas,
}: {
  readonly object: { readonly apiVersion: string; readonly kind: string };
  readonly schemas: Schemas;
}): readonly string[] {
  const type = schemas.ofKind(object);
  if (type === undefined) return [];
  const found: string[] = [];
  searchObject({ value: object, path: '', depth: 0 }, type, { schemas, found, characters: 0 });
  return found;
}

function searchObject({ value, path, depth }: Place, type: TypeSchema, search: Search): void {
  if (depth > MAX_DEPTH) throw badRequest('json: exceeded max depth');
  if (!isFields(value)) return;
  for (const [name, item] of Object.entries(value)) {
    if (search.found.length >= MAX_FIELDS || search.characters >= MAX_CHARACTERS) return;
    const field = type.field(name);
    const place = { value: item, path: path === '' ? name : `${path}.${name}`, depth: depth + 1 };
    if (field !== undefined) searchValues(place, field, search);
    else {
      search.found.push(place.path);
      search.characters += place.path.length;
    }
  }
}

function searchValues(place: Place, field: FieldSchema, search: Search): void {
  const type = search.schemas.ofType(field.type);
  if (type === undefined) return;
  for (const inner of valuesOf(place, field.shape)) searchObject(inner, type, search);
}

function valuesOf({ value, path, depth }: Place, shape: FieldSchema['shape']): readonly Place[] {
  if (shape === 'one') return [{ value, path, depth }];
  if (shape === 'list') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items.map((item, index) => ({ value: item, path: `${path}[${index}]`, depth }));
  }
  return Object.entries(isFields(value) ? value : {}).map(([key, item]) => ({
    value: item,
    path: `${path}.${key}`,
    depth,
  }));
}
