import { expect, test } from 'vitest';
import { parseExecCredential } from '../../../src/cluster/credentials/exec-credential.ts';
import { textWith } from '../../helpers/text-with.ts';

const apiVersion = 'client.authentication.k8s.io/v1';
const parse = (object: unknown): unknown => parseExecCredential({ output: JSON.stringify(object), apiVersion });
const withStatus = (status: unknown): unknown => parse({ kind: 'ExecCredential', apiVersion, status });

test('a token with an expiry', () => {
  expect(withStatus({ token: ' abc\n', expirationTimestamp: '2030-01-01T00:00:00Z' })).toEqual({
    credential: { headers: { Authorization: 'Bearer abc' }, clientCertificate: undefined },
    expiresAt: Date.UTC(2030, 0, 1),
  });
});

test('a certificate with its key, and a token beside it', () => {
  expect(
    withStatus({ token: 'abc', clientCertificateData: 'C', clientKeyData: 'K', expirationTimestamp: null }),
  ).toEqual({
    credential: { headers: { Authorization: 'Bearer abc' }, clientCertificate: { certificate: 'C', key: 'K' } },
    expiresAt: undefined,
  });
});

test.each([
  [[], 'no JSON object'],
  ['text', 'no JSON object'],
  [{ kind: 'Secret' }, 'no ExecCredential'],
  [{ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1beta1' }, 'another version'],
  [{ kind: 'ExecCredential', apiVersion }, 'without a status'],
])('%j is no credential', (object, problem) => {
  expect(parse(object)).toEqual({ problem: textWith(problem) });
});

test.each([
  [{}, 'neither a token nor a certificate'],
  [{ token: '' }, 'neither a token nor a certificate'],
  [{ token: 7 }, 'no text'],
  [{ clientCertificateData: 'C' }, 'but not both'],
  [{ clientKeyData: 'K' }, 'but not both'],
  [{ token: 'a\r\nX-Evil: 1' }, 'forbidden characters'],
  [{ token: 'ü' }, 'forbidden characters'],
  [{ token: 'a', expirationTimestamp: 'soon' }, 'no time'],
])('the status %j is refused', (status, problem) => {
  expect(withStatus(status)).toEqual({ problem: textWith(problem) });
});

test('output that is no JSON is refused', () => {
  expect(parseExecCredential({ output: 'Please log in', apiVersion })).toEqual({
    problem: textWith('no JSON object'),
  });
});
