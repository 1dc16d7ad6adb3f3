import { isList, isObject, type JsonObject, type MutableObject, setField } from '../json-value.ts';

/** The field of a patch that says what to do with the object it stands in. */
export const DIRECTIVE = '$patch';
/** The field of a patch that lists the fields that stay; all others of the object go. */
export const RETAIN_KEYS = '$retainKeys';
/** Starts the field of a patch that gives the order of a list. */
export const ELEMENT_ORDER = '$setElementOrder';
/** Starts the field of a patch that lists scalars to take out of a list. */
export const DELETE_FROM_LIST = '$deleteFromPrimitiveList';

/** Whether a field of a patch is an instruction rather than data. */
export function isDirective(name: string): boolean {
  return (
    name === DIRECTIVE || name === RETAIN_KEYS || name.startsWith(ELEMENT_ORDER) || name.startsWith(DELETE_FROM_LIST)
  );
}

/** Data of a patch that is taken as it stands: without instructions and without `null`. */
export function bareObject(patch: JsonObject): JsonObject {
  const result: MutableObject = {};
  for (const [name, value] of Object.entries(patch)) {
    if (value !== null && !isDirective(name)) setField(result, name, bareValue(value));
  }
  return result;
}

/** Like {@link bareObject} for any value. */
export function bareValue(value: unknown): unknown {
  if (isList(value)) return value.map(bareValue);
  return isObject(value) ? bareObject(value) : value;
}

/**
 * Data of a patch where the object has nothing to merge with: like {@link bareValue}, and objects with `$patch` go as well.
 *
 * @returns `undefined` where nothing of the value becomes data
 */
export function newValue(value: unknown): unknown {
  if (isList(value)) return value.map(newValue).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, DIRECTIVE)) return undefined;
  const result: MutableObject = {};
  for (const [name, field] of Object.entries(value)) {
    const data = field === null || isDirective(name) ? undefined : newValue(field);
    if (data !== undefined) setField(result, name, data);
  }
  return result;
}
