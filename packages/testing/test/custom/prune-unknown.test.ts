import { expect, test } from 'vitest';
import { pruneUnknown } from '../../src/custom/prune-unknown.ts';
import { structuralSchema } from '../../src/custom/structural-schema.ts';

function pruned(schema: object, value: unknown) {
  const root = structuralSchema({ type: 'object', properties: { a: schema } });
  const { object, unknown } = pruneUnknown({
    object: { apiVersion: 'v1', kind: 'K', metadata: { name: 'n' }, a: value },
    schema: root,
  });
  return { value: object.a, unknown };
}

test('an object that has nothing unknown is shared', () => {
  const schema = structuralSchema({ type: 'object', properties: { a: { type: 'object', properties: { b: {} } } } });
  const object = { metadata: { name: 'n' }, a: { b: [1] } };
  expect(pruneUnknown({ object, schema }).object).toBe(object);
});

test('fields are kept where the schema says so, but not inside those that it knows', () => {
  const known = { type: 'object', properties: { x: { type: 'integer' } } };
  const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { known } };
  expect(pruned(schema, { z: { q: 1 }, known: { x: 1, y: 2 } })).toEqual({
    value: { z: { q: 1 }, known: { x: 1 } },
    unknown: ['a.known.y'],
  });
});

test('the items of a list are pruned, with their place in the path', () => {
  const schema = { type: 'array', items: { type: 'object', properties: { x: {} } } };
  expect(pruned(schema, [{ x: 1 }, { y: 1 }])).toEqual({ value: [{ x: 1 }, {}], unknown: ['a[1].y'] });
});

test('an object inside keeps its kind and metadata, but nothing unknown in those', () => {
  const schema = { type: 'object', 'x-kubernetes-embedded-resource': true };
  expect(pruned(schema, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'n', nope: 1 }, spec: {} })).toEqual({
    value: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'n' } },
    unknown: ['a.metadata.nope', 'a.spec'],
  });
});

test('a field called __proto__ is a field like any other', () => {
  const value = JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}') as unknown;
  expect(pruned({ type: 'object', properties: {} }, value)).toEqual({
    value: {},
    unknown: ['a.__proto__', 'a.constructor'],
  });
  const open = pruned({ type: 'object', additionalProperties: { type: 'object', properties: {} } }, value);
  expect(open.unknown).toEqual(['a.__proto__.x']);
  expect(Object.hasOwn(open.value as object, '__proto__')).toBe(true);
});
