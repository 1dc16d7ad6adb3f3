/** An object as `JSON.parse` makes it: its values are scalars, lists and such objects. It may be frozen. */
export interface JsonObject {
  readonly [field: string]: unknown;
}

/** A {@link JsonObject} under construction. */
export type MutableObject = Record<string, unknown>;

/** Whether a value is an object of JSON, so neither a list nor `null`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list of JSON. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The value of a field of the object itself; never what a prototype has. */
export function ownField(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The text of a field of the object itself; empty for a field that is absent or no text. */
export function textField(object: JsonObject, name: string): string {
  const value = ownField(object, name);
  return typeof value === 'string' ? value : '';
}

/** Sets a field whatever its name is: `__proto__` becomes a field as any other. */
export function setField(object: MutableObject, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}

/** Whether two values are the same JSON, the order of fields aside. */
export function equalValues(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isList(left)) {
    return (
      isList(right) && left.length === right.length && left.every((item, at) => equalValues(item, right[at] ?? null))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const other = ownField(right, name);
      return other !== undefined && equalValues(ownField(left, name) ?? null, other);
    })
  );
}

/** How Go names the type of a JSON value in the error texts of its decoder. */
export function jsonTypeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  return isList(value) ? 'array' : typeof value;
}
