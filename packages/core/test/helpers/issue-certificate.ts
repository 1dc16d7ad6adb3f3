import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';

/** A certificate and its key, as PEM blocks. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate says. */
export interface CertificateOptions {
  readonly commonName: string;
  readonly organization?: string;
  /** Names and addresses of a server. */
  readonly hosts?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** A certificate authority that lives for one test. */
export interface Authority {
  /** PEM block. */
  readonly certificate: string;
  issue(options: CertificateOptions): Issued;
}

/** Makes a certificate authority. Certificates are written by hand (RFC 5280): P-256 keys, ECDSA with SHA-256. */
export function createAuthority(commonName = 'kforge test authority'): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = write({
    subject: { commonName },
    issuer: { commonName },
    publicKey,
    signer: privateKey,
    isAuthority: true,
  });
  return {
    certificate,
    issue: (options) => {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        certificate: write({
          subject: options,
          issuer: { commonName },
          publicKey: pair.publicKey,
          signer: privateKey,
          isAuthority: false,
        }),
        key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      };
    },
  };
}

const DAY_MS = 86_400_000;
const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const BASIC_CONSTRAINTS = '2.5.29.19';
const ALTERNATIVE_NAME = '2.5.29.17';

function write(options: {
  readonly subject: CertificateOptions;
  readonly issuer: CertificateOptions;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly isAuthority: boolean;
}): string {
  const { subject, issuer, publicKey, signer, isAuthority } = options;
  const algorithm = sequence(objectId(ECDSA_SHA256));
  const hosts = subject.hosts ?? [];
  const extensions = [
    ...(isAuthority ? [extension(BASIC_CONSTRAINTS, sequence(der(0x01, Buffer.from([0xff]))))] : []),
    ...(hosts.length > 0 ? [extension(ALTERNATIVE_NAME, sequence(...hosts.map(alternativeName)))] : []),
  ];
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(issuer),
    sequence(
      time(subject.notBefore ?? new Date(Date.now() - DAY_MS)),
      time(subject.notAfter ?? new Date(Date.now() + DAY_MS)),
    ),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, signer)]);
  const base64 = sequence(body, algorithm, der(0x03, signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function sequence(...content: readonly Buffer[]): Buffer {
  return der(0x30, ...content);
}

function integer(value: Buffer): Buffer {
  return der(0x02, value);
}

function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const bytes = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}

function distinguishedName(options: CertificateOptions): Buffer {
  const attribute = (id: string, text: string): Buffer =>
    der(0x31, sequence(objectId(id), der(0x0c, Buffer.from(text, 'utf8'))));
  return sequence(
    ...(options.organization === undefined ? [] : [attribute(ORGANIZATION, options.organization)]),
    attribute(COMMON_NAME, options.commonName),
  );
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), der(0x01, Buffer.from([0xff])), der(0x04, value));
}

function alternativeName(host: string): Buffer {
  if (isIP(host) === 0) return der(0x82, Buffer.from(host, 'ascii'));
  return der(
    0x87,
    isIPv4(host) ? Buffer.from(host.split('.').map(Number)) : Buffer.from([...new Array<number>(15).fill(0), 1]),
  );
}
