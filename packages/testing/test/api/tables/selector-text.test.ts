import { expect, test } from 'vitest';
import { labelsText, selectorText } from '../../../src/api/tables/selector-text.ts';

test('labels are shown in the order of their keys', () => {
  expect([labelsText({ b: '2', a: '1' }), labelsText({}), labelsText(undefined)]).toEqual([
    'a=1,b=2',
    '<none>',
    '<none>',
  ]);
});

test('a selector is shown as kubectl takes it', () => {
  const matchExpressions = [
    { key: 'zone', operator: 'NotIn', values: ['b', 'a'] },
    { key: 'aa', operator: 'DoesNotExist' },
    { key: 'tier', operator: 'In', values: ['front', 'back'] },
    { key: 'app', operator: 'Exists' },
  ];
  expect(selectorText({ matchLabels: { app: 'web' }, matchExpressions })).toBe(
    '!aa,app=web,app,tier in (back,front),zone notin (a,b)',
  );
  expect([selectorText({}), selectorText(undefined)]).toEqual(['<none>', '<none>']);
});
