import { isFields } from '../documents/fields.ts';
import { changedFields, sharedMap } from './prune-unknown.ts';
import { fieldSchema, type StructuralSchema } from './structural-schema.ts';

/**
 * A value with the defaults of its schema for what is absent. A `null` that the schema does not allow counts as absent; only in a list
 * without a default for its items it stays. What does not change is shared.
 */
export function applyDefaults<T>(value: T, schema: StructuralSchema | undefined): T {
  return completed(value, schema) as T;
}

function completed(value: unknown, schema: StructuralSchema | undefined): unknown {
  if (schema === undefined) return value;
  if (Array.isArray(value)) {
    return sharedMap(value, (item) =>
      completed(isAbsent(item, schema.items) ? (schema.items?.default?.value ?? null) : item, schema.items),
    );
  }
  if (!isFields(value)) return value;
  const given = changedFields(value, (name, field) => {
    const known = fieldSchema(schema, name);
    return isAbsent(field, known) ? completed(known?.default?.value, known) : completed(field, known);
  });
  const added = [...schema.properties].filter(([name, known]) => known.default && !Object.hasOwn(given, name));
  if (added.length === 0) return given;
  return {
    ...given,
    ...Object.fromEntries(added.map(([name, known]) => [name, completed(known.default?.value, known)])),
  };
}

function isAbsent(value: unknown, schema: StructuralSchema | undefined): boolean {
  return value === null && schema !== undefined && !schema.isNullable;
}
