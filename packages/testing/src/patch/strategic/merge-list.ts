import { isObject, type JsonObject, ownField } from '../json-value.ts';
import { bareObject, DIRECTIVE } from './directives.ts';
import { indexOfItem, type MergeKey, orderElements } from './element-order.ts';
import { goText, noMergeKey, patchFailure, unknownDirective } from './patch-failure.ts';

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
  let merged: readonly JsonObject[] = before;
  const data: JsonObject[] = [];
  for (const item of patch) {
    const directive = ownField(item, DIRECTIVE);
    if (directive === undefined) data.push(item);
    else if (directive === 'delete') merged = withoutItem({ list: merged, item, mergeKey });
    else if (directive === 'merge') throw patchFailure('merging lists cannot yet be specified in the patch');
    else if (directive !== 'replace') throw unknownDirective({ directive, patch: item });
  }
  if (patch.some((item) => ownField(item, DIRECTIVE) === 'replace')) return data.map(bareObject);
  const result = [...merged];
  for (const item of data) {
    if (!Object.hasOwn(item, mergeKey)) throw noMergeKey({ item, mergeKey });
    const at = indexOfItem(result, item, mergeKey);
    const existing = result[at];
    if (existing === undefined) result.push(bareObject(item));
    else result[at] = mergeItem(existing, item);
  }
  return orderElements({ merged: result, wanted: data, before: merged, mergeKey });
}

interface ItemRemoval {
  readonly list: readonly JsonObject[];
  readonly item: JsonObject;
  readonly mergeKey: string;
}

function withoutItem({ list, item, mergeKey }: ItemRemoval): readonly JsonObject[] {
  if (!Object.hasOwn(item, mergeKey)) throw noMergeKey({ item, mergeKey });
  return list.filter((other) => ownField(other, mergeKey) !== ownField(item, mergeKey));
}
