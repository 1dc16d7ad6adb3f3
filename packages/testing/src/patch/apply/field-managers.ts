import { isList, isObject, type JsonObject, ownField, textField } from '../json-value.ts';
import { FieldSet } from './field-set.ts';
import { decodeFields, encodeFields } from './fields-v1.ts';

/** One entry of `metadata.managedFields`: who owns which fields. */
export interface FieldManager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** Empty for a write to the object itself. */
  readonly subresource: string;
  /** When the fields last changed, in RFC 3339; absent when they never did. */
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** The managers of an object by {@link managerKey}. */
export type FieldManagers = ReadonlyMap<string, FieldManager>;

/** What tells managers apart: one that applies keeps its fields when it changes to another version of the API. */
export function managerKey(entry: Omit<FieldManager, 'time' | 'fields'>): string {
  const { manager, operation, apiVersion, subresource } = entry;
  return JSON.stringify([manager, operation, operation === 'Apply' ? '' : apiVersion, subresource]);
}

/**
 * Reads `metadata.managedFields`.
 *
 * @throws SyntaxError for an entry that is malformed
 */
export function readManagers(value: unknown): FieldManagers {
  if (value === undefined || value === null) return new Map();
  if (!isList(value)) throw new SyntaxError('managedFields must be a list');
  return new Map(value.map((entry) => readManager(entry)).map((entry) => [managerKey(entry), entry]));
}

function readManager(entry: unknown): FieldManager {
  if (!isObject(entry)) throw new SyntaxError('managedFields must consist of objects');
  const text = (name: string) => textField(entry, name);
  const operation = text('operation');
  if (operation !== 'Apply' && operation !== 'Update') throw new SyntaxError('operation must be `Apply` or `Update`');
  if (text('apiVersion') === '') throw new SyntaxError('apiVersion must not be empty');
  if (text('fieldsType') !== 'FieldsV1') throw new SyntaxError(`invalid fieldsType "${text('fieldsType')}"`);
  const fields = ownField(entry, 'fieldsV1');
  return {
    manager: text('manager'),
    operation,
    apiVersion: text('apiVersion'),
    subresource: text('subresource'),
    time: text('time') || undefined,
    fields: fields === undefined || fields === null ? FieldSet.empty : decodeFields(fields),
  };
}

/** The value of `metadata.managedFields`, in the order of a real server; `undefined` when nobody manages a field. */
export function writeManagers(managers: FieldManagers): readonly JsonObject[] | undefined {
  if (managers.size === 0) return undefined;
  return [...managers.values()]
    .sort(compareManagers)
    .map(({ manager, operation, apiVersion, subresource, time, fields }) => ({
      manager,
      operation,
      apiVersion,
      ...(time === undefined ? {} : { time }),
      fieldsType: 'FieldsV1',
      fieldsV1: encodeFields(fields),
      ...(subresource === '' ? {} : { subresource }),
    }));
}

function compareManagers(left: FieldManager, right: FieldManager): number {
  return (
    compareTexts(left.operation, right.operation) ||
    secondsOf(left) - secondsOf(right) ||
    compareTexts(left.manager, right.manager) ||
    compareTexts(left.apiVersion, right.apiVersion) ||
    compareTexts(left.subresource, right.subresource)
  );
}

/** When a manager last changed its fields, in seconds since the epoch; 0 when unknown. */
export function secondsOf({ time }: FieldManager): number {
  const milliseconds = time === undefined ? 0 : Date.parse(time);
  return Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1000);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
