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

test('a next version shares with the previous one what has not changed, and is it when nothing has', () => {
  const first = frozenCopy({ list: [{ a: 1 }, { a: 2 }], map: { b: 'c' } });
  const second = frozenCopy({ list: [{ a: 1 }, { a: 3 }, { a: 4 }], map: { b: 'c' } }, first);
  expect(second).toEqual({ list: [{ a: 1 }, { a: 3 }, { a: 4 }], map: { b: 'c' } });
  expect(second.list[0]).toBe(first.list[0]);
  expect(second.map).toBe(first.map);
  expect(frozenCopy(structuredClone(second), second)).toBe(second);
  expect(frozenCopy({ ...second, more: undefined }, second)).toBe(second);
});

test('a field that goes, comes, or changes its type makes another version', () => {
  const before = frozenCopy({ a: { b: 1 }, c: 2 });
  for (const next of [{ a: { b: 1 } }, { a: { b: 1 }, c: 2, d: 3 }, { a: [1], c: 2 }, { a: {}, c: 2 }]) {
    const copy = frozenCopy<unknown>(next, before);
    expect(copy).not.toBe(before);
    expect(copy).toEqual(next);
  }
});
