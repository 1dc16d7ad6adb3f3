import { isList, isObject, ownField } from '../json-value.ts';
import { DIRECTIVE, ELEMENT_ORDER } from './directives.ts';
import { identityOf, type MergeKey, placesOf } from './element-order.ts';
import { goText, patchFailure } from './patch-failure.ts';

/** A list before a patch, and what the patch has for it; `undefined` where there is none. */
export interface ListPatch {
  readonly before: unknown;
  readonly change: unknown;
  readonly mergeKey: MergeKey;
}

/**
 * A real server finds out the type of the items by looking at one.
 *
 * @throws StatusError 500 when there is a list, but no item
 */
export function requireElements({ before, change }: Pick<ListPatch, 'before' | 'change'>): void {
  const lists = [before, change].filter(isList);
  if (lists.length > 0 && lists.every((list) => list.length === 0)) {
    throw patchFailure('no elements in any of the given slices');
  }
}

/** The items of a patch, and the order that the same patch gives. */
export interface OrderCheck {
  readonly list: readonly unknown[];
  readonly wanted: readonly unknown[];
  readonly mergeKey: MergeKey;
}

/**
 * The items of the patch must stand in the order that the patch itself gives.
 *
 * @throws StatusError 500 when they do not
 */
export function requireOrder({ list, wanted, mergeKey }: OrderCheck): void {
  if (wanted.length === 0) return;
  const data = list.filter((item) => !hasDirective(item));
  let at = 0;
  for (const item of wanted) {
    const next = data[at];
    if (next !== undefined && identityOf(next, mergeKey) === identityOf(item, mergeKey)) at += 1;
  }
  if (at < data.length) {
    const message = `The order in patch list:\n${goText(list)}\n doesn't match ${ELEMENT_ORDER} list:\n${goText(wanted)}\n`;
    throw patchFailure(message);
  }
}

/**
 * The order in which a real server believes that a list was: it deletes and appends in place, so new items stand where the deleted
 * ones left room at the end.
 */
export function orderBeforePatch({ before, change, mergeKey }: ListPatch): readonly unknown[] {
  if (!isList(before)) return [];
  if (!isList(change) || !change.some(hasDirective)) return before;
  const deletions = change.filter((item) => isObject(item) && ownField(item, DIRECTIVE) === 'delete');
  const deleted = placesOf(deletions, mergeKey);
  const kept = before.filter((item) => !deleted.has(identityOf(item, mergeKey)));
  const places = placesOf(kept, mergeKey);
  const added = change.filter((item) => !hasDirective(item) && !places.has(identityOf(item, mergeKey)));
  return [...kept, ...added].slice(0, before.length);
}

function hasDirective(item: unknown): boolean {
  return isObject(item) && Object.hasOwn(item, DIRECTIVE);
}
