import { badRequest } from '../errors/statuses.ts';
import type { Schemas } from '../schema/type-schema.ts';
import { checkApplied } from './apply/check-applied.ts';
import { FieldKinds } from './apply/field-kind.ts';
import {
  type FieldManager,
  type FieldManagers,
  managerKey,
  readManagers,
  writeManagers,
} from './apply/field-managers.ts';
import { KUBECTL, withLastApplied } from './apply/last-applied.ts';
import { mergeApplied } from './apply/merge-applied.ts';
import {
  defaultResetFields,
  managedFieldsOf,
  type ResetField,
  UNOWNED,
  withManagedFields,
  withoutResetFields,
} from './apply/unowned-fields.ts';
import { equalValues, type JsonObject, textField } from './json-value.ts';
import { requireShallow } from './require-shallow.ts';
import { enterUpdate } from './track-update.ts';

/** A server-side apply. */
export interface ApplyPatch {
  /** The object as it is; `undefined` when there is none yet. */
  readonly current: JsonObject | undefined;
  /** What the client wants, with `apiVersion` and `kind`. */
  readonly applied: JsonObject;
  /** Who applies; a client must say. */
  readonly fieldManager: string;
  /** Whether to take fields that others own. @default false */
  readonly force?: boolean | undefined;
  readonly schemas: Schemas;
  /** The moment of the apply in RFC 3339. */
  readonly now: string;
  /** Such as `status`. */
  readonly subresource?: string | undefined;
  /** Fields that an apply through this endpoint does not change. @default `status`, or for the subresource `status`: `spec` */
  readonly resetFields?: readonly ResetField[] | undefined;
}

/**
 * Server-side apply (KEP-555): merges what the manager wants, removes what it wanted before and does not any more, and writes down in
 * `metadata.managedFields` who owns what. If nothing changes, the result has the times of the object as it was.
 *
 * @throws StatusError 409 when others own fields that would change, 400 when `applied` is of another kind or has managedFields, 422
 *   without a field manager, 500 for fields that the schema does not have (as a real server answers)
 */
export function applyPatch(patch: ApplyPatch): { readonly object: JsonObject } {
  const { current, applied, fieldManager, schemas, now, subresource = '' } = patch;
  requireShallow(applied);
  const kinds = new FieldKinds(schemas);
  const kind = kinds.ofObject(applied);
  const apiVersion = textField(applied, 'apiVersion');
  const live = current ?? { apiVersion, kind: textField(applied, 'kind'), metadata: {} };
  checkApplied({ applied, fieldManager, kind, kinds });
  requireSameKind({ live, applied });

  const identity = { manager: fieldManager, operation: 'Apply', apiVersion, subresource } as const;
  const self = { key: managerKey(identity), identity };
  const resetFields = patch.resetFields ?? defaultResetFields(subresource);
  const before = withManagedFields({ object: live, value: undefined });
  const { object, managers } = mergeApplied({
    live: before,
    applied: withoutResetFields({ object: applied, fields: resetFields }),
    kind,
    kinds,
    managers: managersBefore({ ...patch, live: before }),
    self,
    force: patch.force === true,
  });
  const time = equalValues(before, object) ? undefined : now;
  const value = writeManagers(settle({ managers, key: self.key, time }));
  const written = fieldManager === KUBECTL ? withLastApplied({ object, applied }) : object;
  return { object: withManagedFields({ object: written, value }) };
}

/** Objects that nobody has applied to yet belong to `before-first-apply`, so that an apply cannot change them unnoticed. */
function managersBefore(patch: ApplyPatch & { readonly live: JsonObject }): FieldManagers {
  const { current, live, schemas, now, subresource, resetFields } = patch;
  const managers = readManagers(managedFieldsOf(current));
  if (managers.size > 0 || current === undefined) return managers;
  const fieldManager = 'before-first-apply';
  return enterUpdate({
    before: undefined,
    after: live,
    fieldManager,
    schemas,
    now,
    subresource,
    resetFields,
    managers,
  });
}

interface Settling {
  readonly managers: FieldManagers;
  readonly key: string;
  readonly time: string | undefined;
}

/** The manager that applied gets its time; without any field of its own it is left out. */
function settle({ managers, key, time }: Settling): FieldManagers {
  const result = new Map<string, FieldManager>(managers);
  const self = result.get(key);
  if (self === undefined) return result;
  const fields = self.fields.difference(UNOWNED);
  if (fields.isEmpty) result.delete(key);
  else result.set(key, { ...self, fields, time: time ?? self.time });
  return result;
}

function requireSameKind({ live, applied }: { live: JsonObject; applied: JsonObject }): void {
  const isSame = (['apiVersion', 'kind'] as const).every((name) => textField(live, name) === textField(applied, name));
  if (isSame && textField(applied, 'apiVersion') !== '' && textField(applied, 'kind') !== '') return;
  const apiVersion = textField(applied, 'apiVersion');
  const groupVersion = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  throw badRequest(`invalid object type: ${groupVersion}, Kind=${textField(applied, 'kind')}`);
}
