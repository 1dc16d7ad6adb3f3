import { isList, isObject, type JsonObject, type MutableObject, ownField, setField } from '../json-value.ts';
import type { FieldKind, FieldKinds } from './field-kind.ts';
import { fieldElement, keyElement, type PathElement, valueElement } from './path-element.ts';

/** One field of an object or one item of a list. */
export interface ValuePart {
  readonly element: PathElement;
  readonly value: unknown;
  readonly kind: FieldKind;
}

/** How a value is owned: as a whole, or by its fields, or by its items. */
export type ValueShape = 'leaf' | 'fields' | 'items';

/** The shape of a value; `null` and what is absent take the shape that the kind wants. */
export function shapeOf(kind: FieldKind, value: unknown): ValueShape {
  const isNothing = value === null || value === undefined;
  switch (kind.kind) {
    case 'leaf':
      return 'leaf';
    case 'list':
    case 'set':
      return isNothing || isList(value) ? 'items' : 'leaf';
    case 'struct':
    case 'custom':
    case 'map':
    case 'free':
      return isNothing || isObject(value) ? 'fields' : 'leaf';
  }
}

/** The keys that tell the items of a list apart have a default where the schema of Kubernetes gives one. */
const KEY_DEFAULTS: JsonObject = { protocol: 'TCP' };

/** Takes a value apart; a leaf, `null` and what is absent have no parts. Items of a set have no parts themselves. */
export function partsOf({
  kind,
  value,
  kinds,
}: {
  kind: FieldKind;
  value: unknown;
  kinds: FieldKinds;
}): readonly ValuePart[] {
  const shape = shapeOf(kind, value);
  if (shape === 'fields' && isObject(value)) {
    return Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => ({ element: fieldElement(name), value: field, kind: kinds.ofField(kind, name) }));
  }
  if (shape !== 'items' || !isList(value)) return [];
  if (kind.kind !== 'list') return value.map((item) => ({ element: valueElement(item), value: item, kind: LEAF }));
  return value.map((item) => ({ element: itemElement(item, kind.keys), value: item, kind: kind.items }));
}

const LEAF: FieldKind = { kind: 'leaf' };

function itemElement(item: unknown, keys: readonly string[]): PathElement {
  const found: MutableObject = {};
  for (const name of keys) {
    const value = isObject(item) ? (ownField(item, name) ?? ownField(KEY_DEFAULTS, name)) : undefined;
    if (value !== undefined) setField(found, name, value);
  }
  return keyElement(found);
}
