import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { JsonWriter } from '../../src/protobuf/json-writer.ts';
import { loadProtobufTypes } from '../../src/protobuf/protobuf-types.ts';
import type { FieldFacts } from '../../src/schema/field-facts.ts';
import { isSingleValue } from '../../src/schema/single-value-types.ts';
import { loadTypeTable } from '../../src/schema/type-table.ts';

const table = await loadTypeTable();
const types = await loadProtobufTypes(table);
const random = xoroshiro128plus(34);

type Fields = Record<string, unknown>;
/** The same value twice: as protobufjs takes it, and as JSON has it. */
interface Pair {
  readonly wire: unknown;
  readonly json: unknown;
}

function pick(from: number, to: number): number {
  return uniformInt(random, from, to);
}

function word(): string {
  return `w${pick(0, 1_000_000)}é`;
}

/** One pair for each message that JSON writes as one value. */
const SINGLE: Readonly<Record<string, () => Pair>> = {
  'apiextensions.v1.JSON': () => ({ wire: { f1: Buffer.from('[1,{"a":null}]') }, json: [1, { a: null }] }),
  'apiextensions.v1.JSONSchemaPropsOrArray': () => ({ wire: { f2: [{ f5: 'a' }, {}] }, json: [{ type: 'a' }, {}] }),
  'apiextensions.v1.JSONSchemaPropsOrBool': () => ({ wire: { f1: true }, json: true }),
  'apiextensions.v1.JSONSchemaPropsOrStringArray': () => ({ wire: { f2: ['a'] }, json: ['a'] }),
  'intstr.IntOrString': () => ({ wire: { f1: 1, f2: 0, f3: '50%' }, json: '50%' }),
  'meta.v1.Duration': () => ({ wire: { f1: 5_400_500_000_000 }, json: '1h30m0.5s' }),
  'meta.v1.FieldsV1': () => ({ wire: { f1: Buffer.from('{"f:spec":{}}') }, json: { 'f:spec': {} } }),
  'meta.v1.MicroTime': () => ({ wire: { f1: 1, f2: 42_999 }, json: '1970-01-01T00:00:01.000042Z' }),
  'meta.v1.Time': () => ({ wire: { f1: 951_782_400, f2: 0 }, json: '2000-02-29T00:00:00Z' }),
  'meta.v1.Verbs': () => ({ wire: { f1: ['get'] }, json: ['get'] }),
  'resource.Quantity': () => ({ wire: { f1: '1500m' }, json: '1500m' }),
  'runtime.RawExtension': () => ({ wire: { f1: Buffer.from('"text"') }, json: 'text' }),
};

const SCALARS: Readonly<Record<string, () => Pair>> = {
  string: () => same(word()),
  int32: () => same(pick(1, 2 ** 31 - 1)),
  int64: () => same(-pick(1, 2 ** 31) * 2 ** 20),
  bool: () => same(true),
  double: () => same(pick(1, 1000) / 8),
  bytes: () => ({ wire: Buffer.from([0, 255, 3]), json: 'AP8D' }),
};

function same(value: unknown): Pair {
  return { wire: value, json: value };
}

function pairOf(type: string, depth: number): Pair {
  if (type.endsWith('.ExtraValue')) return { wire: { f1: ['a', 'b'] }, json: ['a', 'b'] };
  const make = SCALARS[type] ?? SINGLE[type];
  if (make !== undefined) return make();
  const [wire, json]: [Fields, Fields] = [{}, {}];
  for (const field of table.fieldsOf(type) ?? []) addField({ field, depth, wire, json });
  return { wire, json };
}

function addField({
  field,
  depth,
  wire,
  json,
}: {
  field: FieldFacts;
  depth: number;
  wire: Fields;
  json: Fields;
}): void {
  const { number, name, type, shape } = field;
  if (number === 0) return;
  const isScalar = SCALARS[type] !== undefined;
  // Structs that are no pointers are always there; of the others, deep ones are left out, lest the object grows without end.
  const isStruct = shape === 'one' && !isScalar && !field.isPointer;
  if (!isStruct && !isScalar && pick(0, 9) < depth * 4) {
    if (field.isAlways) json[name] = null;
    return;
  }
  const pair = pairOf(type, field.isInline ? depth : depth + 1);
  const [first, second] = [pair, pairOf(type, depth + 3)];
  if (field.isInline) Object.assign(json, pair.json);
  else if (shape === 'one') json[name] = pair.json;
  else if (shape === 'list') json[name] = [first.json, second.json];
  else json[name] = { first: first.json, second: second.json };
  if (shape === 'one') wire[`f${number}`] = pair.wire;
  else wire[`f${number}`] = shape === 'list' ? [first.wire, second.wire] : { first: first.wire, second: second.wire };
}

function toJson(name: string, wire: unknown): unknown {
  const type = types.reflect(name);
  const message = types.decode({ name, bytes: type.encode(type.fromObject(wire as Fields)).finish() });
  return Object.fromEntries(new JsonWriter(table).entries({ name, message }));
}

test('every message of the table comes out as it went in', () => {
  const names = table.names.filter((name) => !isSingleValue(name));
  for (const name of names) {
    const { wire, json } = pairOf(name, 0);
    expect(toJson(name, wire), name).toEqual(json);
  }
  expect(names.length).toBeGreaterThan(500);
});

test('zero is left out unless the field is a pointer in Go or has no omitempty', () => {
  const wire = { f1: 0, f3: { f2: { f2: [{ f1: '', f2: '', f24: '' }] } }, f5: 0, f7: false };
  expect(toJson('apps.v1.DeploymentSpec', wire)).toEqual({
    replicas: 0,
    selector: null,
    template: { metadata: {}, spec: { containers: [{ name: '', resources: {}, restartPolicy: '' }] } },
    strategy: {},
  });
});

test('a time that is zero is left out of the metadata and null elsewhere', () => {
  expect(toJson('meta.v1.ObjectMeta', { f8: {} })).toEqual({});
  expect(toJson('meta.v1.ObjectMeta', { f9: {} })).toEqual({ deletionTimestamp: null });
  expect(toJson('apps.v1.DeploymentCondition', { f1: 'a', f2: 'b', f6: { f1: 0 } })).toEqual({
    type: 'a',
    status: 'b',
    lastUpdateTime: '1970-01-01T00:00:00Z',
    lastTransitionTime: null,
  });
});

test('an integer or string is a number without a kind, and a quantity without text is zero', () => {
  expect(toJson('core.v1.ServicePort', { f3: 80 })).toEqual({ port: 80, targetPort: 0 });
  expect(toJson('core.v1.ServicePort', { f3: 80, f4: { f1: 0, f2: 8080, f3: 'ignored' } })).toMatchObject({
    targetPort: 8080,
  });
  expect(toJson('core.v1.ResourceQuotaSpec', { f1: { cpu: {} } })).toEqual({ hard: { cpu: '0' } });
});

test('the either-or types of schemas are written as the one that is set', () => {
  expect(
    toJson('apiextensions.v1.JSONSchemaProps', {
      f24: { f1: { f5: 'string' } },
      f30: { f1: true, f2: { f5: 'integer' } },
      f32: { a: { f1: {} }, b: { f2: ['c'] } },
      f33: { f1: false },
      f20: [{}],
    }),
  ).toEqual({
    items: { type: 'string' },
    additionalProperties: { type: 'integer' },
    dependencies: { a: {}, b: ['c'] },
    additionalItems: false,
    enum: [null],
  });
});
