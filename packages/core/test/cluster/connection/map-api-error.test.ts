import { expect, test } from 'vitest';
import { mapApiError } from '../../../src/cluster/connection/map-api-error.ts';
import { ForbiddenError } from '../../../src/errors/cluster-errors.ts';

const answer = { status: 500, body: '', method: 'GET', path: '/api/v1/namespaces/shop/pods/web', context: 'prod' };
const status = (fields: object): string => JSON.stringify({ kind: 'Status', apiVersion: 'v1', ...fields });
const denial = (verb: string, resource: string, rest: string): string =>
  status({
    reason: 'Forbidden',
    message: `x "web" is forbidden: User "dev" cannot ${verb} resource "${resource}" in API group ${rest}`,
    details: { name: 'web', kind: 'pods' },
  });

test('401 names the context', () => {
  expect(mapApiError({ ...answer, status: 401 })).toMatchObject({ code: 'UNAUTHORIZED', context: 'prod' });
});

test('403 takes verb, resource and namespace from the words of the server', () => {
  const body = denial('list', 'endpointslices', '"discovery.k8s.io" in the namespace "shop"');
  const error = mapApiError({ ...answer, status: 403, body });
  expect(error).toBeInstanceOf(ForbiddenError);
  expect(error).toMatchObject({ verb: 'list', resource: 'endpointslices', namespace: 'shop' });
  expect(error.message).toBe("Permission denied: you may not list endpointslices in namespace 'shop'");
  expect(error.hint).toBe(
    [
      'Ask for a Role with this rule:',
      '- apiGroups: ["discovery.k8s.io"]',
      '  resources: ["endpointslices"]',
      '  verbs: ["list"]',
    ].join('\n'),
  );
});

test.each(['get', 'create'])('403 on a port-forward says which permission and which verb (%s)', (verb) => {
  const body = denial(verb, 'pods/portforward', '"" in the namespace "shop"');
  const error = mapApiError({ ...answer, status: 403, body });
  expect(error.message).toContain("Permission denied: You need pods/portforward permission in namespace 'shop'");
  expect(error.message).toContain(`missing verb: ${verb}`);
  expect(error.hint).toContain('resources: ["pods/portforward"]');
  expect(error.hint).toContain('verbs: ["get", "create"]');
});

test('403 without the usual words is told by what was asked', () => {
  const error = mapApiError({
    ...answer,
    status: 403,
    body: status({ message: 'not on Sundays' }),
    watch: true,
    path: '/api/v1/nodes',
  });
  expect(error).toMatchObject({ verb: 'watch', resource: 'nodes', namespace: undefined });
  expect(error.message).toBe('Permission denied: you may not watch nodes in the whole cluster');
  expect(error.hint).toContain('not on Sundays');
  expect(error.hint).toContain('ClusterRole');
});

test('other statuses carry the words and the reason of the server', () => {
  const error = mapApiError({
    ...answer,
    status: 404,
    body: status({ reason: 'NotFound', message: 'pods "web" not found' }),
  });
  expect(error).toMatchObject({ code: 'API_ERROR', status: 404, reason: 'NotFound' });
  expect(error.message).toBe('The API server answered 404: pods "web" not found');
});

test('plain text is taken as it is, a web page and nothing at all are not', () => {
  expect(mapApiError({ ...answer, body: 'pod does not exist\n' }).message).toBe(
    'The API server answered 500: pod does not exist',
  );
  expect(mapApiError({ ...answer, status: 502, body: '<html>oops</html>' }).message).toBe(
    'The API server answered 502: Bad Gateway',
  );
  expect(mapApiError({ ...answer, status: 599, body: '' }).message).toBe(
    'The API server answered 599: no further word',
  );
});

test('hostile words are cut and cleaned of control characters', () => {
  const { message } = mapApiError({ ...answer, body: status({ message: `\u001b[31m${'x'.repeat(5000)}\n` }) });
  expect(message.length).toBeLessThan(1100);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
  expect(message).not.toMatch(/[\x00-\x1f]/);
});

test('fields of a status with other types are left out', () => {
  const body = status({ message: 7, reason: {}, details: [], code: 'x' });
  expect(mapApiError({ ...answer, body })).toMatchObject({ status: 500, reason: undefined });
});

test.each([
  [400, 'Client sent an HTTP request to an HTTPS server.', 'https://'],
  [429, 'too many requests', 'too much to do'],
  [503, 'starting', 'try again'],
  [500, 'error dialing backend: dial tcp 10.0.0.1:10250: connect: connection refused', 'node of the pod'],
])('%i %s has a hint', (code, body, hint) => {
  expect(mapApiError({ ...answer, status: code, body }).hint).toContain(hint);
});

test('a redirect is no answer of an API server', () => {
  expect(mapApiError({ ...answer, status: 302 })).toMatchObject({ code: 'API_RESPONSE_INVALID' });
});
