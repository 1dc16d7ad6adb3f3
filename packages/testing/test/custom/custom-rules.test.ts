import { expect, test } from 'vitest';
import { CustomRules, loadRules } from '../../src/custom/custom-rules.ts';
import type { KubernetesObject } from '../../src/state/kubernetes-object.ts';
import type { ResourceKind } from '../../src/state/resource-kind.ts';
import { probe, probeRules } from './helpers/probe-rules.ts';

/** Schema of the field `a`, its value, and the causes as the real server words them. */
const WRONG: readonly (readonly [object, unknown, readonly string[]])[] = [
  [{ type: 'integer' }, 'x', ['spec.a: Invalid value: "string": spec.a in body must be of type integer: "string"']],
  [{ type: 'integer' }, 1.5, ['spec.a: Invalid value: "number": spec.a in body must be of type integer: "number"']],
  [{ type: 'boolean' }, 1, ['spec.a: Invalid value: "integer": spec.a in body must be of type boolean: "integer"']],
  [
    { 'x-kubernetes-int-or-string': true },
    true,
    ['spec.a: Invalid value: "boolean": spec.a in body must be of type integer,string: "boolean"'],
  ],
  [
    { type: 'array', items: { type: 'string' } },
    [null],
    ['spec.a[0]: Invalid value: "null": spec.a[0] in body must be of type string: "null"'],
  ],
  [
    { type: 'integer', minimum: 1 },
    0,
    ['spec.a: Invalid value: 0: spec.a in body should be greater than or equal to 1'],
  ],
  [
    { type: 'integer', maximum: 10 },
    11,
    ['spec.a: Invalid value: 11: spec.a in body should be less than or equal to 10'],
  ],
  [
    { type: 'number', minimum: 1, exclusiveMinimum: true },
    1,
    ['spec.a: Invalid value: 1: spec.a in body should be greater than 1'],
  ],
  [
    { type: 'number', maximum: 9, exclusiveMaximum: true },
    9,
    ['spec.a: Invalid value: 9: spec.a in body should be less than 9'],
  ],
  [
    { type: 'integer', maximum: 1000000 },
    2000000,
    ['spec.a: Invalid value: 2000000: spec.a in body should be less than or equal to 1000000'],
  ],
  [
    { type: 'number', maximum: 1000000 },
    1000000.5,
    ['spec.a: Invalid value: 1000000.5: spec.a in body should be less than or equal to 1e+06'],
  ],
  [{ type: 'number', multipleOf: 2 }, 3, ['spec.a: Invalid value: 3: spec.a in body should be a multiple of 2']],
  [
    { type: 'string', minLength: 2, pattern: '^[a-z]+$' },
    'A',
    ['spec.a: Invalid value: "A": spec.a in body should be at least 2 chars long'],
  ],
  [{ type: 'string', maxLength: 4 }, 'abcde', ['spec.a: Too long: may not be more than 4 bytes']],
  [
    { type: 'string', pattern: '^[a-z]+$' },
    'AB',
    [`spec.a: Invalid value: "AB": spec.a in body should match '^[a-z]+$'`],
  ],
  [{ type: 'string', enum: ['a', 'b'] }, 'c', ['spec.a: Unsupported value: "c": supported values: "a", "b"']],
  [{ type: 'integer', enum: [1, 2] }, 3, ['spec.a: Unsupported value: 3: supported values: "1", "2"']],
  [
    { type: 'string', enum: ['a'] },
    1,
    [
      'spec.a: Invalid value: "integer": spec.a in body must be of type string: "integer"',
      'spec.a: Unsupported value: 1: supported values: "a"',
    ],
  ],
  [
    { type: 'array', minItems: 1, items: { type: 'string' } },
    [],
    ['spec.a: Invalid value: 0: spec.a in body should have at least 1 items'],
  ],
  [
    { type: 'array', maxItems: 1, items: { type: 'string' } },
    ['a', 'b'],
    ['spec.a: Too many: 2: must have at most 1 items'],
  ],
  [
    { type: 'object', minProperties: 1, additionalProperties: { type: 'integer' } },
    {},
    ['spec.a: Invalid value: 0: spec.a in body should have at least 1 properties'],
  ],
  [
    { type: 'object', maxProperties: 1, additionalProperties: { type: 'integer' } },
    { b: 1, c: 2 },
    ['spec.a: Too many: 2: must have at most 1 items'],
  ],
  [
    { type: 'object', additionalProperties: { type: 'integer' } },
    { 'b.c': 'x' },
    ['spec.a.b.c: Invalid value: "string": spec.a.b.c in body must be of type integer: "string"'],
  ],
  [
    { type: 'array', items: { type: 'object', required: ['q'], properties: { q: { type: 'integer' } } } },
    [{ q: 1 }, {}, { q: 's' }],
    [
      'spec.a[1].q: Required value',
      'spec.a[2].q: Invalid value: "string": spec.a[2].q in body must be of type integer: "string"',
    ],
  ],
  [
    { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    ['a', 'a', 'a'],
    ['spec.a[1]: Duplicate value: "a"'],
  ],
  [
    {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['k'],
      items: { type: 'object', properties: { k: { type: 'string' } } },
    },
    [{ k: 'a' }, { k: 'a' }],
    ['spec.a[1]: Duplicate value: {"k":"a"}'],
  ],
  [
    { type: 'object', 'x-kubernetes-embedded-resource': true },
    {},
    ['spec.a.apiVersion: Required value', 'spec.a.kind: Required value'],
  ],
  [
    { type: 'string', format: 'date-time' },
    '2024-01-01',
    ['spec.a: Invalid value: "2024-01-01": spec.a in body must be of type date-time: "2024-01-01"'],
  ],
];

test.each(WRONG)('%j does not allow %j', async (schema, value, causes) => {
  const rules = await probeRules({ a: schema });
  const found = rules.causes({ object: probe({ a: value }) });
  expect(found.map(({ field, message }) => `${field}: ${message}`)).toEqual(causes);
});

const PAIR = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } };
const BRANCHES = [{ required: ['a'] }, { required: ['b'] }];

test.each([
  ['oneOf', {}, ['"spec.x" must validate one and only one schema (oneOf). Found none valid', 'spec.x.a']],
  ['oneOf', { a: '1', b: '2' }, ['"spec.x" must validate one and only one schema (oneOf). Found 2 valid alternatives']],
  ['anyOf', {}, ['"spec.x" must validate at least one schema (anyOf)', 'spec.x.a']],
  ['allOf', { a: '1' }, ['spec.x.b', '"spec.x" must validate all the schemas (allOf)']],
  ['allOf', {}, ['spec.x.a', 'spec.x.b', '"spec.x" must validate all the schemas (allOf). None validated']],
  ['oneOf', { b: '2' }, []],
])('%s of two schemas says of %j what does not hold', async (keyword, value, expected) => {
  const rules = await probeRules({ x: { ...PAIR, [keyword]: BRANCHES } });
  const causes = rules.causes({ object: probe({ x: value }) });
  const told = causes.map(({ field, message }) => (field === '<nil>' ? message : field));
  expect(told).toEqual(expected.map((text) => (text.startsWith('"') ? `Invalid value: "": ${text}` : text)));
});

test('a field called like a keyword is no combination of schemas', async () => {
  const rules = await probeRules({ oneOf: { type: 'object', properties: { anyOf: { type: 'string' } } } });
  const causes = rules.causes({ object: probe({ oneOf: { anyOf: 1 } }) });
  expect(causes.map(({ field }) => field)).toEqual(['spec.oneOf.anyOf']);
});

test('what must not hold is told', async () => {
  const rules = await probeRules({ x: { ...PAIR, not: { required: ['a'] } } });
  expect(rules.causes({ object: probe({ x: { a: '1' } }) })).toEqual([
    {
      reason: 'FieldValueInvalid',
      message: 'Invalid value: "": "spec.x" must not validate the schema (not)',
      field: '<nil>',
    },
  ]);
});

test('a status is named as a real server names it', async () => {
  const rules = await probeRules({});
  expect(rules.causes({ object: probe({}, { status: { phase: 1 } }), subresource: 'status' })).toEqual([
    {
      reason: 'FieldValueTypeInvalid',
      message: 'Invalid value: "integer": phase in body must be of type string: "integer"',
      field: 'status.phase',
    },
  ]);
});

test('what was wrong before and is the same is forgiven, what changes is not', async () => {
  const rules = await probeRules({ a: { type: 'integer' }, b: { type: 'integer' } });
  const before = probe({ a: 'x', b: 1 }) as unknown as KubernetesObject;
  expect(rules.causes({ object: probe({ a: 'x', b: 2 }), before })).toEqual([]);
  expect(rules.causes({ object: probe({ a: 'y', b: 2 }), before }).map(({ field }) => field)).toEqual(['spec.a']);
});

test('fewer than no replicas are refused', async () => {
  const paths = { specReplicasPath: '.spec.count', statusReplicasPath: '.status.count', labelSelectorPath: undefined };
  const rules = await probeRules({ count: { type: 'integer' } }, paths);
  expect(rules.causes({ object: probe({ count: -1 }) })).toEqual([
    {
      reason: 'FieldValueInvalid',
      message: 'Invalid value: -1: should be a non-negative integer',
      field: '.spec.count',
    },
  ]);
});

test('a pattern that JavaScript cannot express is answered with 501', async () => {
  const rules = await probeRules({ a: { type: 'string', pattern: '^(?U)a+$' } });
  expect(() => rules.causes({ object: probe({ a: 'a' }) })).toThrow(expect.objectContaining({ code: 501 }));
});

test('rules that take the place of others while those load are loaded, too', async () => {
  const later = new CustomRules({ schema: { type: 'object' } });
  const kind: { rules: unknown } = { rules: undefined };
  const replace = (): void => {
    kind.rules = later;
  };
  kind.rules = { load: () => Promise.resolve().then(replace) };
  await loadRules(kind as ResourceKind);
  expect(later.causes({ object: probe({}) })).toEqual([]);
});

test('decoding takes unknown fields away and adds defaults', async () => {
  const nested = { type: 'object', default: {}, properties: { a: { type: 'string', default: 'x' } } };
  const rules = await probeRules({
    nested,
    text: { type: 'string', default: 't' },
    none: { type: 'string', nullable: true },
  });
  const { object, unknown } = rules.decode(probe({ text: null, none: null, nope: 1, nested: { b: 2 } }, { extra: 1 }));
  expect(object).toEqual(probe({ text: 't', none: null, nested: { a: 'x' } }));
  expect(unknown).toEqual(['extra', 'spec.nested.b', 'spec.nope']);
});
