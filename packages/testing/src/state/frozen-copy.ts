/**
 * A deeply frozen copy of a value of plain objects and arrays. Parts that are frozen all the way down are shared, not copied; fields that
 * are `undefined` are left out, as JSON does.
 */
export function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value.map(frozenCopy);
    const isSame = Object.isFrozen(value) && items.every((item, index) => item === value[index]);
    return isSame ? value : (Object.freeze(items) as T);
  }
  const copy: Record<string, unknown> = {};
  let isSame = Object.isFrozen(value);
  for (const [name, child] of Object.entries(value)) {
    const kept: unknown = frozenCopy(child);
    if (kept !== child || child === undefined) isSame = false;
    if (kept === undefined) continue;
    // An assignment to this name would set the prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: kept, enumerable: true });
    else copy[name] = kept;
  }
  return isSame ? value : (Object.freeze(copy) as T);
}
