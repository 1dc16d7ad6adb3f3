import { expect, test } from 'vitest';
import { apiPath } from '../../src/cluster/api-path.ts';

test('values are encoded, the path around them is not', () => {
  expect(apiPath`/api/v1/namespaces/${'a/b?c#d%e'}/pods/${'x'}/log`).toBe(
    '/api/v1/namespaces/a%2Fb%3Fc%23d%25e/pods/x/log',
  );
  expect(apiPath`/version`).toBe('/version');
});

test.each(['', '.', '..'])('%j would lead elsewhere', (value) => {
  expect(() => apiPath`/api/v1/namespaces/${value}/pods`).toThrowError(
    expect.objectContaining({ code: 'OPTIONS_INVALID' }),
  );
});
