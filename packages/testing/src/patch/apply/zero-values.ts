import { isObject, type MutableObject, ownField, setField } from '../json-value.ts';
import type { FieldKind, FieldKinds } from './field-kind.ts';
import { fieldNameOf } from './path-element.ts';
import { partsOf } from './value-parts.ts';

/** A value with the fields that Go always has; a real server compares objects with them, so nobody comes to own them by a write. */
export function withZeroValues({
  kind,
  value,
  kinds,
}: {
  kind: FieldKind;
  value: unknown;
  kinds: FieldKinds;
}): unknown {
  const parts = partsOf({ kind, value, kinds }).map((part) => ({ ...part, value: withZeroValues({ ...part, kinds }) }));
  if (Array.isArray(value)) return parts.length === 0 ? value : parts.map((part) => part.value);
  if (!isObject(value) || kind.kind === 'leaf') return value;
  const result: MutableObject = {};
  for (const part of parts) setField(result, fieldNameOf(part.element) ?? '', part.value);
  for (const [name, field] of kinds.zeroFields(kind)) {
    if (ownField(result, name) === undefined) setField(result, name, zeroValue({ kind: field, kinds }));
  }
  return result;
}

function zeroValue({ kind, kinds }: { kind: FieldKind; kinds: FieldKinds }): unknown {
  return kind.kind === 'struct' ? withZeroValues({ kind, value: {}, kinds }) : null;
}
