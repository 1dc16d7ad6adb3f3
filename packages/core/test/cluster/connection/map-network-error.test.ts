import { expect, test } from 'vitest';
import type { Endpoint } from '../../../src/cluster/connection/endpoint.ts';
import { mapNetworkError } from '../../../src/cluster/connection/map-network-error.ts';
import { DisposedError } from '../../../src/errors/options-error.ts';

const endpoint: Endpoint = {
  url: 'https://kube.example.com',
  secure: true,
  host: 'kube.example.com',
  port: 443,
  authority: 'kube.example.com',
  basePath: '',
  certificateAuthority: undefined,
  certificateName: 'kube.example.com',
  insecureSkipTlsVerify: false,
  proxy: undefined,
};
const failure = (code: string): Error => Object.assign(new Error('low-level words'), { code });
const map = (error: unknown): Error => mapNetworkError({ error, endpoint });

test.each([
  ['ETIMEDOUT', 'no answer came in time'],
  ['EHOSTUNREACH', 'no way to that host'],
  ['ENETUNREACH', 'no way to that network'],
  ['EAI_AGAIN', 'cannot be resolved now'],
  ['EPIPE', 'the connection was cut'],
  ['EWHATEVER', 'low-level words (EWHATEVER)'],
])('%s is a cluster that cannot be reached', (code, words) => {
  const error = map(failure(code));
  expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', server: endpoint.url });
  expect(error.message).toContain(words);
  expect(error).toHaveProperty('hint', expect.stringMatching(/./));
});

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'an authority that is unknown here'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'an authority that is unknown here'],
  ['CERT_HAS_EXPIRED', 'has expired'],
  ['CERT_NOT_YET_VALID', 'not valid yet'],
  ['CERT_REVOKED', 'was revoked'],
])('%s is a certificate that is not accepted, with a next step', (code, words) => {
  const error = map(failure(code));
  expect(error).toMatchObject({ code: 'CERTIFICATE_REJECTED' });
  expect(error.message).toContain(words);
  expect(error).toHaveProperty('hint', expect.stringMatching(/./));
});

test('of several addresses that were tried, the first failure is told', () => {
  const error = map(new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]));
  expect(error.message).toContain('nothing listens on port 443');
});

test('typed errors, and mistakes that are none of the network, pass unchanged', () => {
  const typed = new DisposedError({ what: 'cluster' });
  const mistake = new TypeError('x is not a function');
  expect(map(typed)).toBe(typed);
  expect(map(mistake)).toBe(mistake);
});
