import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCertificateAuthority } from '../../src/certificates/certificate-authority.ts';

test('a server certificate is signed by its authority and names loopback', () => {
  const authority = createCertificateAuthority();
  const issuer = new X509Certificate(authority.certificate);
  const server = new X509Certificate(authority.issueServer().certificate);
  expect(issuer.ca).toBe(true);
  expect(server.ca).toBe(false);
  expect(server.checkIssued(issuer)).toBe(true);
  expect(server.verify(issuer.publicKey)).toBe(true);
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(server.checkIP('::1')).toBe('::1');
  expect(server.checkHost('example.com')).toBeUndefined();
});

test('each certificate says for what it is', () => {
  const authority = createCertificateAuthority();
  const purposes = (certificate: string) => new X509Certificate(certificate).keyUsage;
  expect(purposes(authority.issueServer().certificate)).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(purposes(authority.issueClient({ user: 'dev', groups: [] }).certificate)).toEqual(['1.3.6.1.5.5.7.3.2']);
});

test('nobody may overlook who may sign, and for what a key is', () => {
  const authority = createCertificateAuthority();
  for (const certificate of [authority.certificate, authority.issueServer().certificate]) {
    const hex = new X509Certificate(certificate).raw.toString('hex');
    // basicConstraints and keyUsage, both critical.
    for (const id of ['551d13', '551d0f']) expect(hex).toContain(`0603${id}0101ff`);
  }
});

test('keys are on the curve P-256, and a certificate is about its key', () => {
  const { certificate, key } = createCertificateAuthority().issueServer();
  const { publicKey } = new X509Certificate(certificate);
  expect(publicKey.asymmetricKeyType).toBe('ec');
  expect(publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))).toBe(true);
});

test('a certificate is valid now and no longer than a day', () => {
  const { validFromDate, validToDate } = new X509Certificate(createCertificateAuthority().certificate);
  expect(validFromDate.getTime()).toBeLessThan(Date.now());
  expect(validToDate.getTime()).toBeGreaterThan(Date.now());
  expect(validToDate.getTime()).toBeLessThanOrEqual(Date.now() + 86_400_000);
});

test.each([
  ['system:node:one, two', ['system:masters', 'a,b=c "d" \\e+f']],
  ['jürgen@例え.jp', []],
  ['u'.repeat(200), ['g'.repeat(300)]],
])('a client certificate carries the user %s and every group, whatever characters they have', (user, groups) => {
  const { certificate } = createCertificateAuthority().issueClient({ user, groups });
  const { subject } = new X509Certificate(certificate).toLegacyObject() as {
    subject: { CN: string; O?: string | string[] };
  };
  expect(subject.CN).toBe(user);
  expect([subject.O ?? []].flat()).toEqual(groups);
});

test('two certificates have different serial numbers', () => {
  const authority = createCertificateAuthority();
  const serials = Array.from(
    { length: 20 },
    () => new X509Certificate(authority.issueServer().certificate).serialNumber,
  );
  expect(new Set(serials).size).toBe(20);
  expect(serials.every((serial) => /^[4-7][0-9A-F]{31}$/.test(serial))).toBe(true);
});

test('two authorities share nothing', () => {
  const [one, two] = [createCertificateAuthority(), createCertificateAuthority()];
  const client = new X509Certificate(one.issueClient({ user: 'dev', groups: [] }).certificate);
  expect(client.verify(new X509Certificate(two.certificate).publicKey)).toBe(false);
});
