import type { JsonObject } from '../json-value.ts';
import { type Comparison, compareValues } from './compare-values.ts';
import type { FieldKind, FieldKinds } from './field-kind.ts';
import type { FieldManager, FieldManagers } from './field-managers.ts';
import type { FieldSet } from './field-set.ts';
import { withZeroValues } from './zero-values.ts';

/** An object before and after a write, and who owns its fields. */
export interface ObjectChange {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly kind: FieldKind;
  readonly kinds: FieldKinds;
  readonly managers: FieldManagers;
  /** The key of the manager that writes: it is left alone. */
  readonly writer: string | undefined;
}

/** What a write means for the managers. */
export interface OwnerChange {
  readonly comparison: Comparison;
  /** The fields of each other manager that the write sets to something else. */
  readonly conflicts: ReadonlyMap<string, FieldSet>;
  /** The managers without the fields that the write takes from them or removes; those that own nothing any more are gone. */
  readonly managers: FieldManagers;
}

/** Compares an object before and after a write, and takes what changed from all managers but the writer. */
export function changeOwners({ before, after, kind, kinds, managers, writer }: ObjectChange): OwnerChange {
  const complete = (value: JsonObject) => withZeroValues({ kind, value, kinds });
  const comparison = compareValues({ kind, before: complete(before), after: complete(after), kinds });
  const written = comparison.modified.union(comparison.added);
  const conflicts = new Map<string, FieldSet>();
  const kept = new Map<string, FieldManager>();
  for (const [key, entry] of managers) {
    if (key === writer) {
      if (!entry.fields.isEmpty) kept.set(key, entry);
      continue;
    }
    const conflict = entry.fields.intersection(written);
    if (!conflict.isEmpty) conflicts.set(key, conflict);
    const fields = entry.fields.difference(conflict).difference(comparison.removed);
    if (!fields.isEmpty) kept.set(key, { ...entry, fields });
  }
  return { comparison, conflicts, managers: kept };
}
