import { expect, test } from 'vitest';
import { similarNames } from '../../../src/cluster/target/similar-names.ts';

test.each([
  ['web', ['wbe', 'web-7f9c-x', 'api'], ['web-7f9c-x', 'wbe']],
  ['fronted', ['frontend', 'frontend-1', 'backend'], ['frontend', 'frontend-1']],
  ['web', ['web-c', 'web-b', 'web-a', 'web-d'], ['web-a', 'web-b', 'web-c']],
  ['postgres', ['mysql', 'redis'], []],
  ['x', [], []],
])('%s among %j means %j', (name, existing, expected) => {
  expect(similarNames({ name, existing })).toEqual(expected);
});
