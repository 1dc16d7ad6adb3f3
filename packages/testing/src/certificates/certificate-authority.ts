import { generate } from 'selfsigned';

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
  issueServer(): Promise<Identity>;
  /** A client certificate as Kubernetes reads it: the common name is the user, each organization a group. */
  issueClient(options: { readonly user: string; readonly groups: readonly string[] }): Promise<Identity>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Makes a new authority and its key. */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const own = await issue({
    subject: [{ name: 'commonName', value: 'simulated-cluster-ca' }],
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  return {
    certificate: own.certificate,
    issueServer: () =>
      issue({
        signer: own,
        subject: [{ name: 'commonName', value: 'simulated-cluster' }],
        extensions: [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'localhost' },
              { type: 7, ip: '127.0.0.1' },
              { type: 7, ip: '::1' },
            ],
          },
        ],
      }),
    issueClient: ({ user, groups }) =>
      issue({
        signer: own,
        subject: [
          ...groups.map((group) => ({ name: 'organizationName', value: escapeName(group) })),
          { name: 'commonName', value: escapeName(user) },
        ],
        extensions: [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'extKeyUsage', clientAuth: true },
        ],
      }),
  };
}

type GenerateOptions = NonNullable<Parameters<typeof generate>[1]>;

async function issue(options: {
  readonly subject: { name: string; value: string }[];
  readonly extensions: NonNullable<GenerateOptions['extensions']>;
  readonly signer?: Identity;
}): Promise<Identity> {
  const { subject, extensions, signer } = options;
  const now = Date.now();
  const issued = await generate(subject, {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // The clock of a container or a virtual machine beside the test may be behind.
    notBeforeDate: new Date(now - HOUR_MS),
    notAfterDate: new Date(now + DAY_MS),
    extensions,
    ...(signer ? { ca: { key: signer.key, cert: signer.certificate } } : {}),
  });
  return { certificate: issued.cert, key: issued.private };
}

/** A value in a distinguished name as text (RFC 4514, section 2.4). */
function escapeName(value: string): string {
  return value.replaceAll(/[,+"\\<>;=#]/g, (character) => `\\${character}`);
}
