import { expect, test } from 'vitest';
import { FieldSet } from '../../../src/patch/apply/field-set.ts';

const LEFT = FieldSet.of([['f:a'], ['f:a', 'f:b'], ['f:c', 'f:d']]);
const RIGHT = FieldSet.of([['f:a'], ['f:c', 'f:d'], ['f:e']]);

test('a path is in the set regardless of those above and below it', () => {
  expect([...LEFT.paths()]).toEqual([['f:a'], ['f:a', 'f:b'], ['f:c', 'f:d']]);
  expect([...LEFT.below('f:c').paths()]).toEqual([['f:d']]);
  expect(FieldSet.of([[]]).isEmpty).toBe(true);
});

test('union, intersection and difference go path by path', () => {
  expect([...LEFT.union(RIGHT).paths()]).toEqual([['f:a'], ['f:a', 'f:b'], ['f:c', 'f:d'], ['f:e']]);
  expect([...LEFT.intersection(RIGHT).paths()]).toEqual([['f:a'], ['f:c', 'f:d']]);
  expect([...LEFT.difference(RIGHT).paths()]).toEqual([['f:a', 'f:b']]);
  expect(LEFT.difference(LEFT).isEmpty).toBe(true);
});
