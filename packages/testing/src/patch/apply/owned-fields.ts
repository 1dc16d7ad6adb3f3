import { isList, isObject } from '../json-value.ts';
import { type FieldKind, type FieldKinds, isNamedField } from './field-kind.ts';
import { FieldSet } from './field-set.ts';
import { type FieldPath, fieldNameOf } from './path-element.ts';
import { partsOf, shapeOf } from './value-parts.ts';

interface Walk {
  readonly kind: FieldKind;
  readonly value: unknown;
  readonly kinds: FieldKinds;
}

/** The fields that whoever applies a value owns: its leaves, the items of its lists and the keys of its maps. */
export function ownedFields(walk: Walk): FieldSet {
  return FieldSet.of(pathsOf({ ...walk, path: [] }));
}

function* pathsOf({ kind, value, kinds, path }: Walk & { readonly path: FieldPath }): Generator<FieldPath> {
  if (shapeOf(kind, value) === 'leaf') {
    yield path;
    return;
  }
  for (const part of partsOf({ kind, value, kinds })) {
    const partPath = [...path, part.element];
    yield* pathsOf({ kind: part.kind, value: part.value, kinds, path: partPath });
    if (isOwnedItself({ parent: kind, ...part })) yield partPath;
  }
}

function isOwnedItself({ parent, element, value }: { parent: FieldKind; element: string; value: unknown }): boolean {
  const name = fieldNameOf(element);
  if (name === undefined || !isNamedField(parent, name)) return true;
  return value === null || (isObject(value) && !isList(value) && Object.keys(value).length === 0);
}

/** The set with every field that the schema names and that has something below it in the set. */
export function withNamedFields({
  fields,
  kind,
  kinds,
}: {
  fields: FieldSet;
  kind: FieldKind;
  kinds: FieldKinds;
}): FieldSet {
  const nodes = [...fields.nodes].map(([element, { isMember, children }]) => {
    const name = fieldNameOf(element);
    const below = name === undefined ? itemKind(kind) : kinds.ofField(kind, name);
    const isNamed = name !== undefined && !children.isEmpty && isNamedField(kind, name);
    const node = { isMember: isMember || isNamed, children: withNamedFields({ fields: children, kind: below, kinds }) };
    return [element, node] as const;
  });
  return new FieldSet(new Map(nodes));
}

function itemKind(kind: FieldKind): FieldKind {
  return kind.kind === 'list' ? kind.items : { kind: 'leaf' };
}
