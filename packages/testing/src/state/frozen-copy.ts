import { type Fields, isFields } from '../documents/fields.ts';
/**
 * A deeply frozen copy of a value of plain objects and arrays. Parts that are frozen all the way down are shared, not copied, and so are parts
 * that are equal to those in the same place of a previous version: what a history keeps of an object is what has changed. Fields that are
 * `undefined` are left out, as JSON does.
 *
 * @param previous a result of this function
 * @returns `previous` itself when nothing has changed
 */
export function frozenCopy<T>(value: T, previous?: unknown): T {
  if (typeof value !== 'object' || value === null || value === previous) return value;
  if (Array.isArray(value)) return copyList(value, Array.isArray(previous) ? previous : undefined) as T;
  return copyFields(value as Fields, isFields(previous) ? previous : undefined) as T;
}

function copyList(list: readonly unknown[], previous: readonly unknown[] | undefined): readonly unknown[] {
  if (!previous && isFrozen(list)) return list;
  const items = list.map((item, index) => frozenCopy(item, previous?.[index]));
  const isSame = previous?.length === items.length && items.every((item, index) => item === previous[index]);
  return isSame ? previous : Object.freeze(items);
}

function copyFields(fields: Fields, previous: Fields | undefined): Fields {
  if (!previous && isFrozen(fields)) return fields;
  const copy: Record<string, unknown> = {};
  let count = 0;
  let isSame = previous !== undefined;
  for (const name of Object.keys(fields)) {
    const field = fields[name];
    if (field === undefined) continue;
    const before = previous && Object.hasOwn(previous, name) ? previous[name] : undefined;
    const kept = frozenCopy(field, before);
    count += 1;
    isSame &&= kept === before;
    // An assignment to this name would set the prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: kept, enumerable: true });
    else copy[name] = kept;
  }
  if (isSame && previous && Object.keys(previous).length === count) return previous;
  return Object.freeze(copy);
}

/** Whether a value is frozen all the way down, without fields that are `undefined`. */
function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (!Object.isFrozen(value)) return false;
  if (Array.isArray(value)) return value.every(isFrozen);
  for (const name in value) {
    const child = (value as Fields)[name];
    if (child === undefined || !isFrozen(child)) return false;
  }
  return true;
}
