import { isObject, type JsonObject, ownField } from '../json-value.ts';

/** One step of a field path as `fieldsV1` of managedFields writes it: `f:<field>`, `k:<keys of an item>`, `v:<item of a set>`. */
export type PathElement = string;

/** The steps from an object down to a field. */
export type FieldPath = readonly PathElement[];

/** The step to a field of an object or a map. */
export function fieldElement(name: string): PathElement {
  return `f:${name}`;
}

/** The step to the item of a list that has these keys. */
export function keyElement(keys: JsonObject): PathElement {
  const sorted = Object.keys(keys).toSorted();
  return `k:{${sorted.map((name) => `${goJson(name)}:${goJson(ownField(keys, name))}`).join(',')}}`;
}

/** The step to an item of a set. */
export function valueElement(value: unknown): PathElement {
  return `v:${goJson(value)}`;
}

/** The name in a step to a field; `undefined` for a step to an item. */
export function fieldNameOf(element: PathElement): string | undefined {
  return element.startsWith('f:') ? element.slice(2) : undefined;
}

/**
 * Reads a step that comes from outside.
 *
 * @returns `undefined` for a step of a kind that the server does not know
 * @throws SyntaxError when the keys or the value are not JSON
 */
export function parseElement(text: string): PathElement | undefined {
  if (text.startsWith('f:') || /^i:\d+$/.test(text)) return text;
  if (text.startsWith('v:')) return valueElement(JSON.parse(text.slice(2)));
  if (!text.startsWith('k:')) return undefined;
  const keys: unknown = JSON.parse(text.slice(2));
  if (!isObject(keys)) throw new SyntaxError(`no keys of an item: ${text}`);
  return keyElement(keys);
}

/** A path as error messages have it: `.spec.containers[name="web"].image`. */
export function pathText(path: FieldPath): string {
  return path.map(elementText).join('');
}

/** One step of {@link pathText}. */
export function elementText(element: PathElement): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('v:')) return `[=${rest}]`;
  if (!element.startsWith('k:')) return `[${rest}]`;
  const keys = JSON.parse(rest) as JsonObject;
  return `[${Object.entries(keys)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}]`;
}

const KIND_ORDER = 'fkvi';

/** The order in which `fieldsV1` has its steps: fields, then items by keys, then items of sets. */
export function compareElements(left: PathElement, right: PathElement): number {
  const byKind = KIND_ORDER.indexOf(left.charAt(0)) - KIND_ORDER.indexOf(right.charAt(0));
  if (byKind !== 0) return byKind;
  if (left.startsWith('f:')) return compareValues(left, right);
  return compareValues(JSON.parse(left.slice(2)), JSON.parse(right.slice(2)));
}

function compareValues(left: unknown, right: unknown): number {
  if (isObject(left) && isObject(right)) return compareKeys(Object.entries(left), Object.entries(right));
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [leftText, rightText] = [String(left), String(right)];
  return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}

function compareKeys(left: readonly [string, unknown][], right: readonly [string, unknown][]): number {
  for (const [at, [name, value]] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    const order = compareValues(name, other[0]) || compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** JSON as Go's encoder writes it: with `<`, `>` and `&` escaped. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}
