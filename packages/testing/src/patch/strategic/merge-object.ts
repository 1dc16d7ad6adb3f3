import { badRequest } from '../../errors/statuses.ts';
import type { FieldSchema, Schemas, TypeSchema } from '../../schema/type-schema.ts';
import { isList, isObject, type JsonObject, type MutableObject, ownField, setField } from '../json-value.ts';
import {
  bareObject,
  bareValue,
  DELETE_FROM_LIST,
  DIRECTIVE,
  ELEMENT_ORDER,
  isDirective,
  newValue,
  RETAIN_KEYS,
} from './directives.ts';
import { orderElements } from './element-order.ts';
import { mergeList } from './merge-list.ts';
import { notAList, patchFailure, unknownDirective } from './patch-failure.ts';
import { orderBeforePatch, requireElements, requireOrder } from './patch-order.ts';

/** An object, what shall become of it, and what the schema says about its fields. */
export interface ObjectMerge {
  readonly object: JsonObject;
  readonly patch: JsonObject;
  /** `undefined` inside maps and values without a schema. */
  readonly type: TypeSchema | undefined;
  readonly schemas: Schemas;
}

/** Merges a strategic merge patch into one object of the tree. */
export function mergeObject({ object, patch, type, schemas }: ObjectMerge): JsonObject {
  const directive = ownField(patch, DIRECTIVE);
  if (directive === 'replace') return bareObject(patch);
  if (directive === 'delete') return {};
  if (directive !== undefined) throw unknownDirective({ directive, patch });
  const result = retainKeys({ object, patch });
  const ordered = applyElementOrders({ result, patch, type, schemas });
  for (const [name, change] of Object.entries(patch)) {
    if (name.startsWith(DELETE_FROM_LIST)) deleteFromList({ result, name, change });
    else if (!isDirective(name) && !ordered.has(name)) mergeField({ result, name, change, type, schemas });
  }
  return result;
}

function retainKeys({ object, patch }: { object: JsonObject; patch: JsonObject }): MutableObject {
  const retained = ownField(patch, RETAIN_KEYS);
  const result: MutableObject = { ...object };
  if (retained === undefined) return result;
  if (!isList(retained)) throw badRequest('invalid patch format of retainKeys');
  for (const [name, change] of Object.entries(patch)) {
    if (change !== null && !isDirective(name) && !retained.includes(name)) {
      throw badRequest('invalid patch format of retainKeys');
    }
  }
  for (const name of Object.keys(result)) {
    if (!retained.includes(name)) delete result[name];
  }
  return result;
}

interface FieldMerge {
  readonly result: MutableObject;
  readonly name: string;
  readonly change: unknown;
  readonly type: TypeSchema | undefined;
  readonly schemas: Schemas;
}

function mergeField({ result, name, change, type, schemas }: FieldMerge): void {
  const before = ownField(result, name);
  if (change === null) {
    delete result[name];
  } else if (isObject(before) && isObject(change)) {
    const field = fieldOf(type, name);
    const replaces = field?.patchStrategy?.includes('replace') === true;
    const inner = field?.shape === 'one' ? schemas.ofType(field.type) : undefined;
    const merged = replaces ? bareObject(change) : mergeObject({ object: before, patch: change, type: inner, schemas });
    setField(result, name, merged);
  } else if (isList(before) && isList(change)) {
    setField(result, name, mergeLists({ before, patch: change, field: fieldOf(type, name), schemas }));
  } else {
    const data = newValue(change);
    if (data === undefined) delete result[name];
    else setField(result, name, data);
  }
}

function fieldOf(type: TypeSchema | undefined, name: string): FieldSchema | undefined {
  const field = type?.field(name);
  if (type !== undefined && field === undefined) {
    const struct = type.name.slice(type.name.lastIndexOf('.') + 1);
    throw patchFailure(`unable to find api field in struct ${struct} for the json field "${name}"`);
  }
  return field;
}

interface ListsMerge {
  readonly before: readonly unknown[];
  readonly patch: readonly unknown[];
  readonly field: FieldSchema | undefined;
  readonly schemas: Schemas;
}

function mergeLists({ before, patch, field, schemas }: ListsMerge): readonly unknown[] {
  if (field?.patchStrategy?.includes('merge') !== true) return patch.map(bareValue);
  const type = schemas.ofType(field.type);
  const mergeItem = (object: JsonObject, change: JsonObject) => mergeObject({ object, patch: change, type, schemas });
  return mergeList({ before, patch, mergeKey: field.patchMergeKey, mergeItem });
}

/** @returns the names of the fields that have been merged on the way */
function applyElementOrders({ result, patch, type, schemas }: ElementOrders): ReadonlySet<string> {
  const message = 'invalid patch format of setElementOrder list';
  const ordered = new Set<string>();
  for (const [directive, order] of Object.entries(patch)) {
    if (!directive.startsWith(ELEMENT_ORDER)) continue;
    const name = fieldNamedBy({ directive, prefix: ELEMENT_ORDER, message });
    const [before, change, wanted] = [ownField(result, name), ownField(patch, name), requireList(order)];
    requireList(before ?? []);
    const mergeKey = fieldOf(type, name)?.patchMergeKey;
    requireElements({ before, change });
    requireOrder({ list: requireList(change ?? []), wanted, mergeKey });
    ordered.add(name);
    if (change !== undefined) mergeField({ result, name, change, type, schemas });
    const merged = ownField(result, name);
    if (!isList(merged)) continue;
    const list = orderElements({ merged, wanted, before: orderBeforePatch({ before, change, mergeKey }), mergeKey });
    setField(result, name, list);
  }
  return ordered;
}

interface ElementOrders {
  readonly result: MutableObject;
  readonly patch: JsonObject;
  readonly type: TypeSchema | undefined;
  readonly schemas: Schemas;
}

function requireList(value: unknown): readonly unknown[] {
  if (!isList(value)) throw notAList(value);
  return value;
}

function deleteFromList({ result, name: directive, change }: Pick<FieldMerge, 'result' | 'name' | 'change'>): void {
  const message = 'invalid patch format of primitive list';
  const name = fieldNamedBy({ directive, prefix: DELETE_FROM_LIST, message });
  const before = ownField(result, name);
  if (!isList(before)) return;
  if (!isList(change)) throw notAList(change);
  const deleted = new Set(change);
  const kept = before.filter((item) => !deleted.has(item));
  setField(result, name, kept);
}

function fieldNamedBy({ directive, prefix, message }: { directive: string; prefix: string; message: string }): string {
  if (!directive.startsWith(`${prefix}/`)) throw badRequest(message);
  return directive.slice(prefix.length + 1);
}
