import { expect, test } from 'vitest';
import { withoutNulls } from '../../src/patch/without-nulls.ts';

test('drops null in objects at any depth, and leaves lists and empty objects', () => {
  expect(withoutNulls({ a: null, b: { c: null, d: [null, { e: null, f: 1 }] }, g: {} })).toEqual({
    b: { d: [null, { f: 1 }] },
    g: {},
  });
});
