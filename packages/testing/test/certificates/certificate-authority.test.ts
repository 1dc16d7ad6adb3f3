import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCertificateAuthority } from '../../src/certificates/certificate-authority.ts';

test('a server certificate is signed by its authority and names loopback', async () => {
  const authority = await createCertificateAuthority();
  const issuer = new X509Certificate(authority.certificate);
  const server = new X509Certificate((await authority.issueServer()).certificate);
  expect(issuer.ca).toBe(true);
  expect(server.ca).toBe(false);
  expect(server.checkIssued(issuer)).toBe(true);
  expect(server.verify(issuer.publicKey)).toBe(true);
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(server.checkIP('::1')).toBe('::1');
  expect(server.checkHost('example.com')).toBeUndefined();
});

test('keys are on the curve P-256', async () => {
  const authority = await createCertificateAuthority();
  const { publicKey } = new X509Certificate((await authority.issueServer()).certificate);
  expect(publicKey.asymmetricKeyType).toBe('ec');
  expect(publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
});

test('a client certificate carries the user and every group, whatever characters they have', async () => {
  const authority = await createCertificateAuthority();
  const groups = ['system:masters', 'a,b=c "d" \\e+f'];
  const { certificate } = await authority.issueClient({ user: 'system:node:one, two', groups });
  const { subject } = new X509Certificate(certificate).toLegacyObject();
  expect(subject).toMatchObject({ CN: 'system:node:one, two', O: groups });
});

test('two authorities share nothing', async () => {
  const [one, two] = await Promise.all([createCertificateAuthority(), createCertificateAuthority()]);
  const client = new X509Certificate((await one.issueClient({ user: 'dev', groups: [] })).certificate);
  expect(client.verify(new X509Certificate(two.certificate).publicKey)).toBe(false);
});
