import type { FieldKind, FieldKinds } from './field-kind.ts';
import type { FieldManagers } from './field-managers.ts';
import { FieldSet } from './field-set.ts';
import { ownedFields, withNamedFields } from './owned-fields.ts';
import { removeFields } from './remove-fields.ts';

/** An object after a merge, and who owns what of it. */
export interface Pruning {
  readonly merged: unknown;
  readonly kind: FieldKind;
  readonly kinds: FieldKinds;
  /** With what the manager applies now. */
  readonly managers: FieldManagers;
  /** What the manager applied the time before. */
  readonly lastApplied: FieldSet;
}

/** Removes what a manager applied the time before and does not apply any more, unless somebody else owns it or something in it. */
export function pruneFields({ merged, kind, kinds, managers, lastApplied }: Pruning): unknown {
  if (lastApplied.isEmpty) return merged;
  const named = (fields: FieldSet) => withNamedFields({ fields, kind, kinds });
  const fieldsOf = (value: unknown) => named(ownedFields({ kind, value, kinds }));
  const without = (fields: FieldSet) => removeFields({ kind, value: merged, fields, kinds });
  const last = named(lastApplied);
  const all = fieldsOf(merged);
  const managed = [...managers.values()].reduce((union, { fields }) => union.union(fields), FieldSet.empty);
  const pruned = fieldsOf(without(last));
  const withOwned = without(all.difference(pruned.union(named(managed))));
  // Removing an item takes fields along that nobody owns: only what was applied before may go.
  return without(all.difference(fieldsOf(withOwned)).intersection(last));
}
