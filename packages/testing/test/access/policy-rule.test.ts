import { expect, test } from 'vitest';
import { type PolicyRule, readRules, ruleAllows } from '../../src/access/policy-rule.ts';

const EMPTY: PolicyRule = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

function attempt(text: string) {
  const [verb = '', target = '', name] = text.split(' ');
  const [path = '', group = ''] = target.split('@');
  const [resource = '', subresource] = path.split('/');
  return { verb, group, resource, subresource, namespace: 'default', name };
}

test.each<[allowed: boolean, asked: string, verbs: string, resources: string, apiGroups: string, names?: string[]]>([
  [true, 'get pods web', 'get', 'pods', ''],
  [false, 'list pods', 'get', 'pods', ''],
  [true, 'list pods', '*', 'pods', ''],
  [false, 'get services web', 'get', 'pods', ''],
  [true, 'get services web', 'get', '*', ''],
  [true, 'get pods/log web', 'get', '*', ''],
  [false, 'get pods/log web', 'get', 'pods', ''],
  [true, 'get pods/log web', 'get', 'pods/log', ''],
  [false, 'get pods web', 'get', 'pods/log', ''],
  [true, 'update deployments/scale@apps web', 'update', '*/scale', 'apps'],
  [false, 'update deployments/status@apps web', 'update', '*/scale', 'apps'],
  [false, 'update deployments@apps web', 'update', '*/scale', 'apps'],
  [false, 'get pods/log web', 'get', 'pods/*', ''],
  [false, 'get deployments@apps web', 'get', 'deployments', ''],
  [true, 'get deployments@apps web', 'get', 'deployments', '*'],
  [true, 'get pods web', 'get', 'pods', '', ['web', 'api']],
  [false, 'get pods db', 'get', 'pods', '', ['web', 'api']],
  [false, 'list pods', 'get list', 'pods', '', ['web']],
  [false, 'get pods web', '', 'pods', ''],
])('%s: %s by a rule of %s over %s in "%s" %o', (allowed, asked, verbs, resources, apiGroup, resourceNames = []) => {
  const rule = { ...EMPTY, verbs: verbs.split(' '), resources: [resources], apiGroups: [apiGroup], resourceNames };
  expect(ruleAllows(rule, attempt(asked))).toBe(allowed);
});

test.each([
  [true, '/healthz', '/healthz'],
  [false, '/healthz/etcd', '/healthz'],
  [true, '/healthz/etcd', '/healthz/*'],
  [true, '/anything', '*'],
  [false, '/api', '/api/*'],
  [false, '/metrics', '/met*rics'],
])('%s: get %s by a rule over the path %s', (allowed, path, pattern) => {
  const rule = { ...EMPTY, verbs: ['get'], nonResourceURLs: [pattern] };
  expect(ruleAllows(rule, { verb: 'get', path })).toBe(allowed);
  expect(ruleAllows(rule, { verb: 'post', path })).toBe(false);
});

test('a rule over every resource opens no path, a rule over every path opens no resource', () => {
  expect(ruleAllows({ ...EMPTY, verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, { verb: 'get', path: '/x' })).toBe(
    false,
  );
  expect(ruleAllows({ ...EMPTY, verbs: ['*'], nonResourceURLs: ['*'] }, attempt('get pods web'))).toBe(false);
});

test.each([
  undefined,
  null,
  'rules',
  { verbs: ['*'] },
  [null, 'x', 7],
  [{ verbs: '*', apiGroups: [1], resources: {} }],
])('rules that are none allow nothing: %j', (rules) => {
  const metadata = { name: 'odd', uid: '1', resourceVersion: '1', creationTimestamp: '' };
  const read = readRules({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata, rules });
  expect(read.some((rule) => ruleAllows(rule, attempt('get pods web')))).toBe(false);
});
