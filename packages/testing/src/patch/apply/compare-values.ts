import { equalValues } from '../json-value.ts';
import type { FieldKind, FieldKinds } from './field-kind.ts';
import { FieldSet } from './field-set.ts';
import type { FieldPath } from './path-element.ts';
import { partsOf, shapeOf, type ValuePart } from './value-parts.ts';

/** What sets two values apart. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** Two values of the same kind. */
export interface ValuePair {
  readonly kind: FieldKind;
  readonly before: unknown;
  readonly after: unknown;
  readonly kinds: FieldKinds;
}

type Change = 'added' | 'modified' | 'removed';

/** Compares two values field by field; an atomic list or object is one field. */
export function compareValues(pair: ValuePair): Comparison {
  const paths: Record<Change, FieldPath[]> = { added: [], modified: [], removed: [] };
  for (const [change, path] of changes({ ...pair, path: [] })) paths[change].push(path);
  const { added, modified, removed } = paths;
  return { added: FieldSet.of(added), modified: FieldSet.of(modified), removed: FieldSet.of(removed) };
}

type Walk = ValuePair & { readonly path: FieldPath };

function* changes(walk: Walk): Generator<readonly [Change, FieldPath]> {
  const { kind, before, after, path } = walk;
  const shapes = { before: shapeOf(kind, before), after: shapeOf(kind, after) };
  const isBothThere = before !== undefined && after !== undefined;
  if (isBothThere && shapes.before !== shapes.after) {
    yield ['modified', path];
    yield* partChanges({ ...walk, after: undefined });
    yield* partChanges({ ...walk, before: undefined });
    return;
  }
  const shape = after === undefined ? shapes.before : shapes.after;
  const hasParts = shape !== 'leaf' && (!isHollow(walk, before) || !isHollow(walk, after));
  if (before === undefined) yield ['added', path];
  else if (after === undefined) yield ['removed', path];
  else if (!hasParts && !equalValues(before, after)) yield ['modified', path];
  if (hasParts) yield* partChanges(walk);
}

function isHollow({ kind, kinds }: Walk, value: unknown): boolean {
  return partsOf({ kind, value, kinds }).length === 0;
}

function* partChanges(walk: Walk): Generator<readonly [Change, FieldPath]> {
  const { kind, kinds, path } = walk;
  const before = groupParts(partsOf({ kind, value: walk.before, kinds }));
  const after = groupParts(partsOf({ kind, value: walk.after, kinds }));
  for (const element of new Set([...before.keys(), ...after.keys()])) {
    const [left, right] = [before.get(element), after.get(element)];
    const part = left ?? right;
    if (part === undefined) continue;
    const pair = { kind: part.kind, before: left?.value, after: right?.value, kinds };
    yield* changes({ ...pair, path: [...path, element] });
  }
}

/** Items with the same keys, which only a write other than apply can make, are compared as one leaf. */
function groupParts(parts: readonly ValuePart[]): ReadonlyMap<string, ValuePart> {
  const groups = new Map<string, ValuePart>();
  for (const part of parts) {
    const others = groups.get(part.element);
    groups.set(
      part.element,
      others === undefined ? part : { ...part, kind: { kind: 'leaf' }, value: [others.value, part.value] },
    );
  }
  return groups;
}
