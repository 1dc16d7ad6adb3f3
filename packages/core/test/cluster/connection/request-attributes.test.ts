import { expect, test } from 'vitest';
import { requestAttributes } from '../../../src/cluster/connection/request-attributes.ts';

test.each([
  ['GET', '/api/v1/namespaces/shop/pods/web', ['get', '', 'pods', 'shop', 'web']],
  ['GET', '/api/v1/namespaces/shop/pods', ['list', '', 'pods', 'shop', undefined]],
  ['POST', '/api/v1/namespaces/shop/pods/web/portforward', ['create', '', 'pods/portforward', 'shop', 'web']],
  ['GET', '/apis/apps/v1/namespaces/shop/deployments/a%20b', ['get', 'apps', 'deployments', 'shop', 'a b']],
  ['DELETE', '/apis/apps/v1/deployments', ['deletecollection', 'apps', 'deployments', undefined, undefined]],
  ['DELETE', '/api/v1/namespaces/shop/pods/web', ['delete', '', 'pods', 'shop', 'web']],
  ['PUT', '/api/v1/nodes/one', ['update', '', 'nodes', undefined, 'one']],
  ['PATCH', '/api/v1/namespaces/shop', ['patch', '', 'namespaces', undefined, 'shop']],
  ['GET', '/version', ['get', '', '/version', undefined, undefined]],
  ['GET', '/api/v1/namespaces/%zz/pods', ['list', '', 'pods', '%zz', undefined]],
])('%s %s', (method, path, [verb, group, resource, namespace, name]) => {
  const attributes = requestAttributes({ method, path });
  expect(attributes).toEqual({ verb, group, resource, namespace, name });
});

test('a watch is a verb of its own', () => {
  expect(requestAttributes({ method: 'GET', path: '/api/v1/pods', watch: true }).verb).toBe('watch');
});
