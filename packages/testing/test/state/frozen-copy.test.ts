import { expect, test } from 'vitest';
import { frozenCopy } from '../../src/state/frozen-copy.ts';

test('a copy is frozen all the way down, and the original is not touched', () => {
  const original = { a: [{ b: 1 }], c: { d: 'e' } };
  const copy = frozenCopy(original);
  expect(copy).toEqual(original);
  for (const part of [copy, copy.a, copy.a[0], copy.c]) expect(Object.isFrozen(part)).toBe(true);
  for (const part of [original, original.a, original.a[0], original.c]) expect(Object.isFrozen(part)).toBe(false);
});

test('what is frozen already is shared, what is only frozen at the top is not', () => {
  const deep = frozenCopy({ a: { b: [1, 2] } });
  expect(frozenCopy({ deep }).deep).toBe(deep);
  const shallow = Object.freeze({ a: { b: 1 } });
  expect(frozenCopy(shallow)).not.toBe(shallow);
  expect(Object.isFrozen(frozenCopy(shallow).a)).toBe(true);
});

test('fields without a value are left out, and the name of the prototype is a name', () => {
  const copy = frozenCopy({ a: undefined, ...(JSON.parse('{"__proto__":{"x":1}}') as object) });
  expect(Object.keys(copy)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(frozenCopy(Object.freeze({ a: undefined }))).toEqual({});
});
