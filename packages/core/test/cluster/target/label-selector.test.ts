import { expect, test } from 'vitest';
import { equalities, labelSelector } from '../../../src/cluster/target/label-selector.ts';

test('labels and expressions are written in the grammar of lists', () => {
  const selector = {
    matchLabels: { app: 'web', 'example.org/tier': 'front' },
    matchExpressions: [
      { key: 'env', operator: 'In', values: ['prod', 'stage'] },
      { key: 'zone', operator: 'NotIn', values: ['a'] },
      { key: 'live', operator: 'Exists' },
      { key: 'old', operator: 'DoesNotExist' },
    ],
  };
  expect(labelSelector(selector)).toBe('app=web,example.org/tier=front,env in (prod,stage),zone notin (a),live,!old');
});

test.each([undefined, null, {}, 'x', { matchLabels: 7, matchExpressions: [{ operator: 'Near' }, null] }])(
  '%j selects nothing in particular',
  (selector) => {
    expect(labelSelector(selector)).toBe('');
  },
);

test('the labels of a service are joined', () => {
  expect(equalities({ app: 'web', tier: '' })).toBe('app=web,tier=');
});
