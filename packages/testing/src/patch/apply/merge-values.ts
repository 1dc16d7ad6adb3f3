import { type MutableObject, setField } from '../json-value.ts';
import type { FieldKind, FieldKinds } from './field-kind.ts';
import { fieldNameOf, type PathElement } from './path-element.ts';
import { partsOf, shapeOf, type ValuePart } from './value-parts.ts';

/** What is there, and what somebody applies to it. */
export interface ValueMerge {
  readonly kind: FieldKind;
  readonly live: unknown;
  readonly applied: unknown;
  readonly kinds: FieldKinds;
}

/** Lays an applied value over a live one: leaves are replaced, fields and items are merged, nothing is removed. */
export function mergeValues({ kind, live, applied, kinds }: ValueMerge): unknown {
  if (applied === undefined) return live;
  if (live === undefined) return applied;
  const shape = shapeOf(kind, applied);
  if (shape === 'leaf' || shape !== shapeOf(kind, live)) return applied;
  const liveParts = partsOf({ kind, value: live, kinds });
  const appliedParts = partsOf({ kind, value: applied, kinds });
  if (liveParts.length === 0 && appliedParts.length === 0) return applied;
  const merge = shape === 'fields' ? mergeFields : mergeItems;
  return merge({ live: liveParts, applied: appliedParts, kinds });
}

interface PartsMerge {
  readonly live: readonly ValuePart[];
  readonly applied: readonly ValuePart[];
  readonly kinds: FieldKinds;
}

function mergeFields({ live, applied, kinds }: PartsMerge): unknown {
  const result: MutableObject = {};
  const others = byElement(applied);
  for (const part of live) {
    const other = others.get(part.element);
    setField(result, fieldNameOf(part.element) ?? '', mergeParts({ live: part, applied: other, kinds }));
  }
  const known = byElement(live);
  for (const part of applied) {
    if (!known.has(part.element)) setField(result, fieldNameOf(part.element) ?? '', part.value);
  }
  return result;
}

/**
 * Items that both have follow the applied order; those only there or only applied stay beside their neighbours, the live ones first.
 */
function mergeItems({ live, applied, kinds }: PartsMerge): unknown {
  const [liveItems, appliedItems] = [byElement(live), byElement(applied)];
  const shared = applied.map(({ element }) => element).filter((element) => liveItems.has(element));
  const done = new Set<PathElement>();
  const result: unknown[] = [];
  const emit = (part: ValuePart) => {
    done.add(part.element);
    if (part.element === shared[0]) shared.shift();
    result.push(mergeParts({ live: liveItems.get(part.element), applied: part, kinds }));
  };
  let [atLive, atApplied] = [0, 0];
  while (atLive < live.length || atApplied < applied.length) {
    const mine = live[atLive];
    const theirs = applied[atApplied];
    if (mine !== undefined && mine.element === theirs?.element) {
      emit(theirs);
      atLive += 1;
      atApplied += 1;
    } else if (mine !== undefined && !appliedItems.has(mine.element)) {
      result.push(mine.value);
      atLive += 1;
    } else if (mine !== undefined && (done.has(mine.element) || (theirs !== undefined && mine.element !== shared[0]))) {
      // It has been or will be put where the applied list wants it.
      atLive += 1;
    } else if (theirs !== undefined) {
      emit(theirs);
      atApplied += 1;
    }
  }
  return result;
}

function mergeParts({
  live,
  applied,
  kinds,
}: {
  live: ValuePart | undefined;
  applied: ValuePart | undefined;
  kinds: FieldKinds;
}) {
  const kind = applied?.kind ?? live?.kind ?? { kind: 'leaf' };
  return mergeValues({ kind, live: live?.value, applied: applied?.value, kinds });
}

function byElement(parts: readonly ValuePart[]): ReadonlyMap<PathElement, ValuePart> {
  return new Map(parts.map((part) => [part.element, part]));
}
