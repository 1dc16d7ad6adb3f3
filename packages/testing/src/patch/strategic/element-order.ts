import { isObject, ownField } from '../json-value.ts';

/** What tells the items of a list apart: a field of theirs, or with `undefined` the scalar itself. */
export type MergeKey = string | undefined;

/** The value that an item of a list is found by. */
export function identityOf(item: unknown, mergeKey: MergeKey): unknown {
  if (mergeKey === undefined) return item;
  return isObject(item) ? ownField(item, mergeKey) : undefined;
}

/** Where an item with the identity of another stands in a list; -1 when there is none. */
export function indexOfItem(list: readonly unknown[], item: unknown, mergeKey: MergeKey): number {
  const identity = identityOf(item, mergeKey);
  return list.findIndex((other) => identityOf(other, mergeKey) === identity);
}

/** Lists that {@link orderElements} arranges. */
export interface ElementOrder {
  /** The merged items, in any order. */
  readonly merged: readonly unknown[];
  /** The order that the patch wants for the items it knows. */
  readonly wanted: readonly unknown[];
  /** The order in which the object had its items. */
  readonly before: readonly unknown[];
  readonly mergeKey: MergeKey;
}

/** Items the patch knows stand in its order; the others keep their place before those that they stood before. */
export function orderElements({ merged, wanted, before, mergeKey }: ElementOrder): readonly unknown[] {
  const inOrder = (items: readonly unknown[], order: readonly unknown[]) =>
    items.toSorted((left, right) => indexOfItem(order, left, mergeKey) - indexOfItem(order, right, mergeKey));
  const isWanted = (item: unknown) => indexOfItem(wanted, item, mergeKey) >= 0;
  const known = inOrder(merged.filter(isWanted), wanted);
  const others = inOrder(
    merged.filter((item) => !isWanted(item)),
    before,
  );
  const result: unknown[] = [];
  for (const item of known) {
    const place = indexOfItem(before, item, mergeKey);
    let next = others[0];
    while (next !== undefined && place >= 0 && indexOfItem(before, next, mergeKey) < place) {
      result.push(next);
      others.shift();
      next = others[0];
    }
    result.push(item);
  }
  return [...result, ...others];
}
