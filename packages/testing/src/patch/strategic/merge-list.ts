import { isObject, type JsonObject, ownField } from '../json-value.ts';
import { bareObject, DIRECTIVE } from './directives.ts';
import { type MergeKey, orderElements, placesOf } from './element-order.ts';
import { goText, noMergeKey, patchFailure, unknownDirective } from './patch-failure.ts';

const KNOWN_DIRECTIVES = new Set<unknown>([undefined, 'delete', 'replace']);

/** Two lists of which the schema says that they are merged. */
export interface ListMerge {
  readonly before: readonly unknown[];
  readonly patch: readonly unknown[];
  readonly mergeKey: MergeKey;
  readonly mergeItem: (item: JsonObject, patch: JsonObject) => JsonObject;
}

/** Merges items by their key, or scalars as a set, and puts them into the order of the patch. */
export function mergeList({ before, patch, mergeKey, mergeItem }: ListMerge): readonly unknown[] {
  if (before.length === 0 && patch.length === 0) return before;
  const items = [...before, ...patch];
  if (items.every(isObject)) {
    if (mergeKey === undefined) throw patchFailure('cannot merge lists without merge key for struct');
    return mergeObjects({ before: before.filter(isObject), patch: patch.filter(isObject), mergeKey, mergeItem });
  }
  if (items.some((item) => typeof item !== typeof items[0])) {
    throw patchFailure(`list element types are not identical: ${goText([before, patch])}`);
  }
  return orderElements({ merged: [...new Set(items)], wanted: patch, before, mergeKey: undefined });
}

interface ObjectListMerge extends ListMerge {
  readonly before: readonly JsonObject[];
  readonly patch: readonly JsonObject[];
  readonly mergeKey: string;
}

function mergeObjects({ before, patch, mergeKey, mergeItem }: ObjectListMerge): readonly unknown[] {
  const data = patch.filter((item) => !Object.hasOwn(item, DIRECTIVE));
  if (checkDirectives({ patch, mergeKey }).has('replace')) return data.map(bareObject);
  const deleted = placesOf(
    patch.filter((item) => ownField(item, DIRECTIVE) === 'delete'),
    mergeKey,
  );
  const kept = before.filter((item) => !deleted.has(ownField(item, mergeKey)));
  const merged = [...kept];
  const places = placesOf(kept, mergeKey);
  for (const item of data) {
    if (!Object.hasOwn(item, mergeKey)) throw noMergeKey({ item, mergeKey });
    const identity = ownField(item, mergeKey);
    const place = places.get(identity) ?? merged.length;
    const existing = merged[place];
    merged[place] = existing === undefined ? bareObject(item) : mergeItem(existing, item);
    places.set(identity, place);
  }
  return orderElements({ merged, wanted: data, before: kept, mergeKey });
}

/** @returns what the items of the patch ask for */
function checkDirectives({ patch, mergeKey }: Pick<ObjectListMerge, 'patch' | 'mergeKey'>): ReadonlySet<unknown> {
  const directives = new Set<unknown>();
  for (const item of patch) {
    const directive = ownField(item, DIRECTIVE);
    directives.add(directive);
    if (directive === 'merge') throw patchFailure('merging lists cannot yet be specified in the patch');
    if (directive === 'delete' && !Object.hasOwn(item, mergeKey)) throw noMergeKey({ item, mergeKey });
    if (!KNOWN_DIRECTIVES.has(directive)) throw unknownDirective({ directive, patch: item });
  }
  return directives;
}
