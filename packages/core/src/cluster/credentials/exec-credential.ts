import { isRecord } from '../fields.ts';
import { isHeaderText } from '../kubeconfig/read-user-entry.ts';
import type { Credential } from './credentials.ts';

/** What a credential plugin printed, once it was checked. */
export interface ExecCredential {
  readonly credential: Credential;
  /** When it is no longer good, in milliseconds of the system clock; `undefined` while nobody says otherwise. */
  readonly expiresAt: number | undefined;
}

/**
 * Reads the ExecCredential object that a plugin printed (API group client.authentication.k8s.io). The problem, if there is one, is a part
 * of a sentence and quotes nothing of the output: it may hold a secret.
 */
export function parseExecCredential(options: {
  readonly output: string;
  readonly apiVersion: string;
}): ExecCredential | { readonly problem: string } {
  const object = parseJson(options.output);
  if (!isRecord(object)) return { problem: 'printed something that is no JSON object' };
  if (object.kind !== 'ExecCredential') return { problem: 'printed an object that is no ExecCredential' };
  if (object.apiVersion !== options.apiVersion) {
    return {
      problem: `answered in another version of the API than ${options.apiVersion}, which the kubeconfig asks for`,
    };
  }
  const { status } = object;
  if (!isRecord(status)) return { problem: 'answered without a status' };
  return readStatus(status);
}

function readStatus(status: Readonly<Record<string, unknown>>): ExecCredential | { readonly problem: string } {
  const { token, clientCertificateData: certificate, clientKeyData: key, expirationTimestamp } = status;
  const problem = problemOf({ token, certificate, key });
  if (problem !== undefined) return { problem };
  const expiresAt = typeof expirationTimestamp === 'string' ? Date.parse(expirationTimestamp) : undefined;
  if (Number.isNaN(expiresAt)) return { problem: 'answered with an expirationTimestamp that is no time' };
  return {
    credential: {
      headers: token ? { Authorization: `Bearer ${(token as string).trim()}` } : {},
      clientCertificate: certificate ? { certificate: certificate as string, key: key as string } : undefined,
    },
    expiresAt,
  };
}

function problemOf(fields: Readonly<Record<'token' | 'certificate' | 'key', unknown>>): string | undefined {
  const { token, certificate, key } = fields;
  if ([token, certificate, key].some((field) => field !== undefined && field !== null && typeof field !== 'string')) {
    return 'answered with a credential that is no text';
  }
  if (Boolean(certificate) !== Boolean(key)) return 'answered with a certificate or a key, but not both';
  if (!token && !certificate) return 'answered with neither a token nor a certificate';
  if (token && !isHeaderText((token as string).trim())) return 'answered with a token that has forbidden characters';
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the parser's message would quote the output
  }
}
