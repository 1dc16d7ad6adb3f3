import { expect, test } from 'vitest';
import { applyMergePatch } from '../../src/patch/merge-patch.ts';
import { deepFreeze } from './helpers/deep-freeze.ts';

const merged = (object: object, patch: unknown) =>
  applyMergePatch({ object: deepFreeze(object) as Readonly<Record<string, unknown>>, patch: deepFreeze(patch) });

test('merges objects, removes by null and replaces lists', () => {
  const object = { a: { b: 1, c: 2 }, list: [{ x: 1 }], text: 't' };
  const patch = { a: { b: null, d: { e: 3, f: null } }, list: [{ y: 2 }], text: { now: 'an object' }, none: null };
  expect(merged(object, patch)).toEqual({ a: { c: 2, d: { e: 3 } }, list: [{ y: 2 }], text: { now: 'an object' } });
});

test('takes __proto__ for a field as any other', () => {
  const patch: unknown = JSON.parse('{"a": {"__proto__": {"polluted": true}, "constructor": "x"}}');
  const result = merged({ a: {} }, patch);
  expect(JSON.stringify(result)).toBe('{"a":{"__proto__":{"polluted":true},"constructor":"x"}}');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('refuses what is not an object', () => {
  expect(() => merged({}, [])).toThrow(
    'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
  );
  expect(() => merged({}, null)).toThrow(expect.objectContaining({ code: 400, message: 'Invalid JSON Patch' }));
});

test('refuses a patch that is nested more than 1000 levels deep', () => {
  const nested: unknown = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
  expect(() => applyMergePatch({ object: {}, patch: nested })).toThrow(
    expect.objectContaining({ code: 400, message: 'json: exceeded max depth' }),
  );
});
