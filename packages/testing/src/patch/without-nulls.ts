import { isList, isObject, type JsonObject, type MutableObject, setField } from './json-value.ts';

/**
 * An object without `null`: a real server drops it when it decodes an object of a built-in type, from a patch as from a body.
 * Empty objects and lists stay.
 */
export function withoutNulls(object: JsonObject): JsonObject {
  const result: MutableObject = {};
  for (const [name, field] of Object.entries(object)) {
    if (field !== null && field !== undefined) setField(result, name, dropNulls(field));
  }
  return result;
}

function dropNulls(value: unknown): unknown {
  if (isList(value)) return value.map(dropNulls);
  return isObject(value) ? withoutNulls(value) : value;
}
