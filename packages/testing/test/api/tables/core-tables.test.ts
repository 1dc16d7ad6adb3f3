import { expect, test } from 'vitest';
import { cellsOf, type ObjectFacts } from './helpers/cells.ts';

const hard = { pods: '5', 'limits.cpu': '4', 'requests.cpu': '2', 'limits.memory': '4Gi' };

test.each<[string, ObjectFacts, readonly unknown[]]>([
  ['ConfigMap', { data: { a: '1', b: '2' }, binaryData: { c: 'YQ==' } }, ['web', 3, '5m']],
  ['ConfigMap', {}, ['web', 0, '5m']],
  ['Secret', { type: 'a/b', data: { a: 'YQ==' } }, ['web', 'a/b', 1, '5m']],
  ['ServiceAccount', { secrets: [{ name: 'a' }] }, ['web', 1, '5m']],
  ['Namespace', { status: { phase: 'Terminating' } }, ['web', 'Terminating', '5m']],
  ['Lease', { spec: { holderIdentity: 'me' } }, ['web', 'me', '5m']],
  ['Lease', { spec: {} }, ['web', '', '5m']],
  ['ValidatingWebhookConfiguration', { webhooks: [{}, {}] }, ['web', 2, '5m']],
  ['MutatingWebhookConfiguration', {}, ['web', 0, '5m']],
  [
    'ResourceQuota',
    { status: { hard, used: { pods: '1', 'limits.cpu': '500m' } } },
    ['web', 'pods: 1/5, requests.cpu: 0/2', 'limits.cpu: 500m/4, limits.memory: 0/4Gi', '5m'],
  ],
  ['ResourceQuota', { spec: { hard } }, ['web', '', '', '5m']],
  ['LimitRange', {}, ['web', '2026-03-01T11:55:00Z']],
  ['CustomResourceDefinition', {}, ['web', '2026-03-01T11:55:00Z']],
])('a %s with %j is shown', (kind, facts, expected) => {
  expect(cellsOf(kind, facts)).toEqual(expected);
});
