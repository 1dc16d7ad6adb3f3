import { isObject, ownField } from '../json-value.ts';

/** What tells the items of a list apart: a field of theirs, or with `undefined` the scalar itself. */
export type MergeKey = string | undefined;

/** The value that an item of a list is found by. */
export function identityOf(item: unknown, mergeKey: MergeKey): unknown {
  if (mergeKey === undefined) return item;
  return isObject(item) ? ownField(item, mergeKey) : undefined;
}

/** Where the items of a list stand, by their identity; the first of those that share one. */
export function placesOf(list: readonly unknown[], mergeKey: MergeKey): Map<unknown, number> {
  const places = new Map<unknown, number>();
  for (const [place, item] of list.entries()) {
    const identity = identityOf(item, mergeKey);
    if (!places.has(identity)) places.set(identity, place);
  }
  return places;
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
  const wantedPlaces = placesOf(wanted, mergeKey);
  const places = placesOf(before, mergeKey);
  const placeIn = (all: ReadonlyMap<unknown, number>) => (item: unknown) => all.get(identityOf(item, mergeKey)) ?? -1;
  const wantedPlace = placeIn(wantedPlaces);
  const place = placeIn(places);
  const known = merged.filter((item) => wantedPlace(item) >= 0);
  const others = merged.filter((item) => wantedPlace(item) < 0).sort((left, right) => place(left) - place(right));
  const result: unknown[] = [];
  let next = 0;
  for (const item of known.sort((left, right) => wantedPlace(left) - wantedPlace(right))) {
    for (; next < others.length && place(others[next]) < place(item); next += 1) result.push(others[next]);
    result.push(item);
  }
  return [...result, ...others.slice(next)];
}
