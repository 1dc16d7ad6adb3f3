import { type MutableObject, setField } from '../json-value.ts';
import type { FieldKind, FieldKinds } from './field-kind.ts';
import type { FieldSet } from './field-set.ts';
import { fieldNameOf } from './path-element.ts';
import { partsOf, shapeOf } from './value-parts.ts';

/** A value and the fields that it shall lose. */
export interface FieldRemoval {
  readonly kind: FieldKind;
  readonly value: unknown;
  readonly fields: FieldSet;
  readonly kinds: FieldKinds;
}

/** The value without some fields and items; `null` when nothing is left of an object or a list. */
export function removeFields({ kind, value, fields, kinds }: FieldRemoval): unknown {
  const shape = shapeOf(kind, value);
  if (shape === 'leaf') return value;
  const kept = partsOf({ kind, value, kinds })
    .filter(({ element }) => fields.nodes.get(element)?.isMember !== true)
    .map((part) => {
      const below = fields.below(part.element);
      return below.isEmpty ? part : { ...part, value: removeFields({ ...part, fields: below, kinds }) };
    });
  if (kept.length === 0) return null;
  if (shape === 'items') return kept.map((part) => part.value);
  const result: MutableObject = {};
  for (const part of kept) setField(result, fieldNameOf(part.element) ?? '', part.value);
  return result;
}
