import { badRequest } from '../errors/statuses.ts';
import { isObject, type JsonObject, jsonTypeName, type MutableObject, ownField, setField } from './json-value.ts';
import { requireShallow } from './require-shallow.ts';

/**
 * Applies a JSON merge patch (RFC 7396): objects are merged, `null` removes a field, everything else replaces.
 *
 * @throws StatusError 400 when the patch is not an object
 */
export function applyMergePatch({ object, patch }: { object: JsonObject; patch: unknown }): JsonObject {
  requireShallow(patch);
  if (patch === null) throw badRequest('Invalid JSON Patch');
  if (!isObject(patch)) {
    const found = jsonTypeName(patch);
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${found} into Go value of type map[string]interface {}`,
    );
  }
  return mergeObjects(object, patch);
}

function mergeObjects(target: JsonObject, patch: JsonObject): JsonObject {
  const result: MutableObject = { ...target };
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) {
      delete result[name];
    } else if (isObject(change)) {
      const before = ownField(target, name);
      setField(result, name, mergeObjects(isObject(before) ? before : {}, change));
    } else {
      setField(result, name, change);
    }
  }
  return result;
}
