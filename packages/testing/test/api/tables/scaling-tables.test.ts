import { expect, test } from 'vitest';
import { cellsOf } from './helpers/cells.ts';

test('an autoscaler shows what it scales and how far', () => {
  const spec = { scaleTargetRef: { kind: 'Deployment', name: 'shop' }, maxReplicas: 5, minReplicas: 2 };
  expect(cellsOf('HorizontalPodAutoscaler', { spec, status: { currentReplicas: 3 } })).toEqual([
    'web',
    'Deployment/shop',
    '<none>',
    '2',
    5,
    3,
    '5m',
  ]);
  expect(cellsOf('HorizontalPodAutoscaler', { spec: { maxReplicas: 5 } })[3]).toBe('<unset>');
});

test.each([
  [{ minAvailable: 2 }, ['2', 'N/A', 3]],
  [{ maxUnavailable: '50%' }, ['N/A', '50%', 3]],
])('a disruption budget with %j is shown', (spec, expected) => {
  expect(cellsOf('PodDisruptionBudget', { spec, status: { disruptionsAllowed: 3 } })).toEqual([
    'web',
    ...expected,
    '5m',
  ]);
});

test('a priority class shows its value', () => {
  expect(cellsOf('PriorityClass', { value: -5, preemptionPolicy: 'Never' })).toEqual(['web', -5, false, '5m', 'Never']);
});
