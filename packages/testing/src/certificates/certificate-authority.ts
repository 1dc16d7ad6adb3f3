import { generateKeyPairSync } from 'node:crypto';
import { type CertificateContent, type CertificateSigner, signCertificate } from './sign-certificate.ts';

/** A certificate with its key, as PEM blocks. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** Issues the certificates of one simulated cluster: P-256 keys, ECDSA with SHA-256. It lives as long as the cluster. */
export interface CertificateAuthority {
  /** The certificate of the authority, as a PEM block. */
  readonly certificate: string;
  /** A certificate for a server on loopback: `localhost`, 127.0.0.1 and ::1. */
  issueServer(): Identity;
  /** A client certificate as Kubernetes reads it: the common name is the user, each organization a group. */
  issueClient(options: { readonly user: string; readonly groups: readonly string[] }): Identity;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Makes a new authority and its key. Its certificates are valid for a day by the clock of this machine, by which clients check them. */
export function createCertificateAuthority(): CertificateAuthority {
  const name = { commonName: 'simulated-cluster-ca' };
  const signer: CertificateSigner = { name, ...newKeys() };
  return {
    certificate: signCertificate(
      { subject: name, publicKey: signer.publicKey, usage: 'authority', ...validity() },
      signer,
    ),
    issueServer: () => issue({ signer, subject: { commonName: 'simulated-cluster' }, usage: 'server' }),
    issueClient: ({ user, groups }) =>
      issue({ signer, subject: { commonName: user, organizations: groups }, usage: 'client' }),
  };
}

function issue(
  options: Pick<CertificateContent, 'subject' | 'usage'> & { readonly signer: CertificateSigner },
): Identity {
  const { signer, subject, usage } = options;
  const { publicKey, privateKey } = newKeys();
  return {
    certificate: signCertificate({ subject, usage, publicKey, ...validity() }, signer),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function validity() {
  const now = Date.now();
  // The clock of a container or a virtual machine beside the test may be behind.
  return { notBefore: new Date(now - HOUR_MS), notAfter: new Date(now + DAY_MS) };
}
