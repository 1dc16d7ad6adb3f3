import type { Schemas } from '../schema/type-schema.ts';
import { capManagers } from './apply/cap-managers.ts';
import { changeOwners } from './apply/change-owners.ts';
import { FieldKinds } from './apply/field-kind.ts';
import {
  type FieldManager,
  type FieldManagers,
  managerKey,
  readManagers,
  writeManagers,
} from './apply/field-managers.ts';
import {
  defaultResetFields,
  managedFieldsOf,
  type ResetField,
  UNOWNED,
  withManagedFields,
  withoutResetFields,
} from './apply/unowned-fields.ts';
import { isList, isObject, type JsonObject, ownField, textField } from './json-value.ts';

/** A write other than apply: a create, an update, or a patch of another type. */
export interface TrackedUpdate {
  /** The object as it was; `undefined` when the write creates it. */
  readonly before: JsonObject | undefined;
  /** The object that the client asks for, with static defaults, before the server assigns anything such as a cluster IP. */
  readonly after: JsonObject;
  /** Who writes. @default 'unknown' when empty */
  readonly fieldManager: string;
  readonly schemas: Schemas;
  /** The moment of the write in RFC 3339. */
  readonly now: string;
  /** Such as `status` or `scale`. */
  readonly subresource?: string | undefined;
  /** Fields that a write through this endpoint does not change. @default `status`, or for the subresource `status`: `spec` */
  readonly resetFields?: readonly ResetField[] | undefined;
}

/**
 * Enters a write into `metadata.managedFields`: what it changed belongs to its manager from now on, with operation `Update`.
 *
 * Like a real server, an existing object of which nobody manages a field stays so until somebody applies to it, an empty list in
 * `after` forgets all managers, and of more than ten managers that update, the oldest are merged.
 */
export function trackUpdate(update: TrackedUpdate): JsonObject {
  const { before, after, subresource = '' } = update;
  const managers = managersOf({ before, after, subresource });
  const object = withManagedFields({ object: after, value: undefined });
  if (managers.size === 0 && before !== undefined) return object;
  const tracked = capManagers(enterUpdate({ ...update, managers }));
  return withManagedFields({ object, value: writeManagers(tracked) });
}

/** The managers after a write, without the cap. */
export function enterUpdate(update: TrackedUpdate & { readonly managers: FieldManagers }): FieldManagers {
  const { before, after, fieldManager, schemas, now, subresource = '' } = update;
  const kinds = new FieldKinds(schemas);
  const resetFields = update.resetFields ?? defaultResetFields(subresource);
  const apiVersion = textField(after, 'apiVersion');
  const nothing = { apiVersion, kind: ownField(after, 'kind'), metadata: {} };
  const { comparison, managers } = changeOwners({
    before: withoutResetFields({ object: before ?? nothing, fields: resetFields }),
    after: withoutResetFields({ object: after, fields: resetFields }),
    kind: kinds.ofObject(after),
    kinds,
    managers: update.managers,
    writer: undefined,
  });
  const written = comparison.modified.union(comparison.added).difference(UNOWNED);
  if (written.isEmpty) return managers;
  const identity = { manager: fieldManager || 'unknown', operation: 'Update', apiVersion, subresource } as const;
  const key = managerKey(identity);
  const previous = managers.get(key);
  const fields = previous === undefined ? written : written.union(previous.fields);
  const entry: FieldManager = { ...identity, time: now, fields };
  return new Map([...managers, [key, entry]]);
}

function managersOf({ before, after, subresource }: Pick<TrackedUpdate, 'before' | 'after'> & { subresource: string }) {
  const asked = subresource === '' ? managedFieldsOf(after) : undefined;
  if (isList(asked) && isReset(asked)) return new Map<string, FieldManager>();
  const managers = readOrForget(asked);
  return managers.size > 0 ? managers : readOrForget(managedFieldsOf(before));
}

function isReset(entries: readonly unknown[]): boolean {
  return entries.length === 0 || (entries.length === 1 && isObject(entries[0]) && Object.keys(entries[0]).length === 0);
}

/** A client may write what it likes into managedFields; a real server forgets what it cannot read. */
function readOrForget(value: unknown): FieldManagers {
  try {
    return readManagers(value);
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}
