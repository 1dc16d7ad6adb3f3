import { isObject, type JsonObject } from '../json-value.ts';
import { withoutNulls } from '../without-nulls.ts';
import { changeOwners } from './change-owners.ts';
import { type Conflicts, conflictError } from './conflict-error.ts';
import type { FieldKind, FieldKinds } from './field-kind.ts';
import type { FieldManager, FieldManagers } from './field-managers.ts';
import { FieldSet } from './field-set.ts';
import { conflictsBeyondLastApplied, KUBECTL } from './last-applied.ts';
import { mergeValues } from './merge-values.ts';
import { ownedFields } from './owned-fields.ts';
import { pruneFields } from './prune-fields.ts';

/** An object as it is, what somebody applies to it, and who owns its fields. */
export interface AppliedMerge {
  readonly live: JsonObject;
  readonly applied: JsonObject;
  readonly kind: FieldKind;
  readonly kinds: FieldKinds;
  readonly managers: FieldManagers;
  /** The key and the identity of the manager that applies. */
  readonly self: { readonly key: string; readonly identity: Omit<FieldManager, 'time' | 'fields'> };
  readonly force: boolean;
}

/**
 * Merges what is applied into the object, removes what the manager applied before and does not any more, and moves the ownership.
 *
 * @throws StatusError 409 when other managers own fields that would change, unless by force
 */
export function mergeApplied(merge: AppliedMerge): { readonly object: JsonObject; readonly managers: FieldManagers } {
  const { live, applied, kind, kinds, self } = merge;
  const last = merge.managers.get(self.key);
  const fields = ownedFields({ kind, value: applied, kinds });
  const withSelf = new Map([...merge.managers, [self.key, { ...self.identity, time: last?.time, fields }]]);
  const merged = mergeValues({ kind, live, applied, kinds });
  const lastApplied = last?.fields ?? FieldSet.empty;
  const pruned = pruneFields({ merged, kind, kinds, managers: withSelf, lastApplied });
  // An object of which nothing is left is null here, so other managers go on owning it as such, as on a real server.
  const after = isObject(pruned) ? pruned : {};
  const change = changeOwners({ before: live, after, kind, kinds, managers: withSelf, writer: self.key });
  if (!merge.force) refuseConflicts({ ...merge, conflicts: change.conflicts, managers: withSelf });
  return { object: withoutNulls(after), managers: change.managers };
}

function refuseConflicts({
  conflicts,
  self,
  managers,
  ...rest
}: AppliedMerge & { readonly conflicts: Conflicts }): void {
  const isKubectl = self.identity.manager === KUBECTL;
  const left = isKubectl && conflicts.size > 0 ? conflictsBeyondLastApplied({ ...rest, conflicts }) : conflicts;
  if (left.size > 0) throw conflictError({ conflicts: left, managers });
}
