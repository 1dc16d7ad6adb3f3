import { expect, test } from 'vitest';
import { matchesRequest, type RequestMatch } from '../../../src/faults/requests/request-match.ts';

const FACTS = {
  method: 'GET',
  path: '/api/v1/namespaces/default/pods/web/log',
  verb: 'get',
  group: '',
  resource: 'pods',
  subresource: 'log',
  namespace: 'default',
  name: 'web',
  user: 'dev',
};

test.each<RequestMatch>([
  {},
  { method: 'GET' },
  { verb: ['list', 'get'] },
  { group: '', resource: 'pods', subresource: 'log' },
  { namespace: 'default', name: 'web', user: 'dev' },
  { path: '/api/v1/namespaces/default/pods/web/log' },
  { path: /log$/ },
])('%j matches', (match) => {
  expect(matchesRequest(match, FACTS)).toBe(true);
});

test.each<RequestMatch>([
  { method: 'POST' },
  { verb: ['list', 'watch'] },
  { verb: [] },
  { resource: 'pods', subresource: '' },
  { namespace: 'default', name: 'other' },
  { user: 'admin' },
  { path: '/api/v1/namespaces/default/pods' },
  { path: /^log/ },
])('%j does not match', (match) => {
  expect(matchesRequest(match, FACTS)).toBe(false);
});

test('an expression with a memory matches every time', () => {
  const match = { path: /pods/g };
  expect([1, 2, 3].map(() => matchesRequest(match, FACTS))).toEqual([true, true, true]);
});

test('a request for a document has no resource', () => {
  const facts = { method: 'GET', path: '/version' };
  expect(matchesRequest({ resource: 'pods' }, facts)).toBe(false);
  expect(matchesRequest({ subresource: '' }, facts)).toBe(true);
});
