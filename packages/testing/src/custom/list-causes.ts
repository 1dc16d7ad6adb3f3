import { isFields } from '../documents/fields.ts';
import { invalidValue } from '../errors/invalid.ts';
import type { StatusCause } from '../errors/status-error.ts';
import { fieldSchema, type StructuralSchema } from './structural-schema.ts';

/** What stands twice in lists of the types `set` and `map` (`x-kubernetes-list-type`). */
export function listCauses(value: unknown, schema: StructuralSchema | undefined, path = ''): readonly StatusCause[] {
  if (schema === undefined) return [];
  if (Array.isArray(value)) {
    const inside = value.flatMap((item, index) => listCauses(item, schema.items, `${path}[${index}]`));
    return [...duplicates(value, schema, path), ...inside];
  }
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const known = fieldSchema(schema, name);
    const isKey = !schema.properties.has(name);
    return listCauses(field, known, isKey ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`);
  });
}

function duplicates(list: readonly unknown[], schema: StructuralSchema, path: string): readonly StatusCause[] {
  if (schema.listType !== 'set' && schema.listType !== 'map') return [];
  const isMap = schema.listType === 'map';
  const stray = isMap ? list.findIndex((item) => item !== null && !isFields(item)) : -1;
  if (stray >= 0) {
    return [invalidValue(`${path}[${stray}]`, list[stray], 'must be an object for an array of list-type map')];
  }
  const keys = isMap ? list.map((item) => keyOf(item, schema.listMapKeys)) : list;
  const seen = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    const text = JSON.stringify(sorted(key));
    seen.set(text, [...(seen.get(text) ?? []), index]);
  }
  // Of what stands there more often, too, only the second is told.
  const second = [...seen.values()].flatMap(([, index]) => (index === undefined ? [] : [index]));
  return second
    .sort((one, other) => one - other)
    .map((index) => ({
      reason: 'FieldValueDuplicate',
      message: `Duplicate value: ${JSON.stringify(keys[index])}`,
      field: `${path}[${index}]`,
    }));
}

function keyOf(item: unknown, names: readonly string[]): unknown {
  if (!isFields(item)) return {};
  return Object.fromEntries(names.filter((name) => Object.hasOwn(item, name)).map((name) => [name, item[name]]));
}

/** A value whose text does not depend on the order of its fields. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, field]) => [name, sorted(field)]));
}
