import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bitString, der, objectId, sequence, TRUE, time } from './der.ts';

/** A certificate before it is signed. */
export interface CertificateContent {
  readonly subject: DistinguishedName;
  readonly publicKey: KeyObject;
  /** Whether it may sign others, or for what it is. */
  readonly usage: 'authority' | 'server' | 'client';
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Whom a certificate is about. */
export interface DistinguishedName {
  readonly commonName: string;
  /** @default none */
  readonly organizations?: readonly string[];
}

/** Who signs, with a P-256 key. */
export interface CertificateSigner {
  readonly name: DistinguishedName;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const VERSION_3 = der(0xa0, der(0x02, Buffer.from([2])));
const [COMMON_NAME, ORGANIZATION] = ['550403', '55040a'];
const EXTENSION = {
  subjectKeyIdentifier: '551d0e',
  keyUsage: '551d0f',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  authorityKeyIdentifier: '551d23',
  extendedKeyUsage: '551d25',
};
const [SERVER_AUTH, CLIENT_AUTH] = ['2b06010505070301', '2b06010505070302'];
/** `localhost`, 127.0.0.1 and ::1, as a DNS name and two addresses. */
const LOOPBACK = sequence(
  der(0x82, Buffer.from('localhost')),
  der(0x87, Buffer.from([127, 0, 0, 1])),
  der(0x87, Buffer.from([...Array.from({ length: 15 }, () => 0), 1])),
);

/** Signs an X.509 certificate (RFC 5280) with ECDSA and SHA-256. @returns a PEM block */
export function signCertificate(content: CertificateContent, signer: CertificateSigner): string {
  const toBeSigned = sequence(
    VERSION_3,
    serialNumber(),
    ECDSA_WITH_SHA256,
    nameOf(signer.name),
    sequence(time(content.notBefore), time(content.notAfter)),
    nameOf(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensionsOf(content, signer))),
  );
  const signature = sign('sha256', toBeSigned, signer.privateKey);
  return pem(sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature)));
}

function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  // Positive, and no byte could be left out at the front.
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return der(0x02, bytes);
}

function nameOf({ commonName, organizations = [] }: DistinguishedName): Buffer {
  const part = (id: string, value: string) => der(0x31, sequence(objectId(id), der(0x0c, Buffer.from(value, 'utf8'))));
  return sequence(...organizations.map((one) => part(ORGANIZATION, one)), part(COMMON_NAME, commonName));
}

function extensionsOf({ usage, publicKey }: CertificateContent, signer: CertificateSigner): readonly Buffer[] {
  const identifiers = [
    extension(EXTENSION.subjectKeyIdentifier, der(0x04, keyIdentifier(publicKey))),
    extension(EXTENSION.authorityKeyIdentifier, sequence(der(0x80, keyIdentifier(signer.publicKey)))),
  ];
  if (usage === 'authority') {
    // To sign certificates, revocation lists and anything else.
    const keyUsage = bitString(Buffer.from([0b1000_0110]), 1);
    return [
      critical(EXTENSION.basicConstraints, sequence(TRUE)),
      critical(EXTENSION.keyUsage, keyUsage),
      ...identifiers,
    ];
  }
  return [
    critical(EXTENSION.basicConstraints, sequence()),
    critical(EXTENSION.keyUsage, bitString(Buffer.from([0b1000_0000]), 7)),
    extension(EXTENSION.extendedKeyUsage, sequence(objectId(usage === 'server' ? SERVER_AUTH : CLIENT_AUTH))),
    ...(usage === 'server' ? [extension(EXTENSION.subjectAltName, LOOPBACK)] : []),
    ...identifiers,
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), der(0x04, value));
}

function critical(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), TRUE, der(0x04, value));
}

/** RFC 7093, section 2, method 4: any hash of the key that tells it from others. */
function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
