import { CertificateRejectedError, ClusterUnreachableError } from '../../errors/cluster-errors.ts';
import { CredentialsInvalidError } from '../../errors/credential-errors.ts';
import { KforgeError } from '../../errors/kforge-error.ts';
import type { Endpoint } from './endpoint.ts';

type Explanation = readonly [reason: string, hint?: string];

const UNREACHABLE: Readonly<Record<string, (endpoint: Endpoint) => Explanation>> = {
  ENOTFOUND: ({ host }) => [
    `the name ${host} is unknown`,
    'Is the VPN up, and is the server in the kubeconfig spelled right?',
  ],
  EAI_AGAIN: ({ host }) => [
    `the name ${host} cannot be resolved now`,
    'Is this machine online, and is its DNS server reachable?',
  ],
  ECONNREFUSED: ({ port }) => [
    `nothing listens on port ${port} there (connection refused)`,
    'Is the cluster running? A local one may have to be started, or have a new port after a restart.',
  ],
  ETIMEDOUT: () => ['no answer came in time'],
  EHOSTUNREACH: () => ['there is no way to that host'],
  ENETUNREACH: () => ['there is no way to that network', 'Is this machine online, and is the VPN up?'],
  ECONNRESET: () => [
    'the connection was cut',
    'The server or something on the way to it closes connections; try again.',
  ],
  EPIPE: () => ['the connection was cut', 'The server or something on the way to it closes connections; try again.'],
  ERR_SSL_WRONG_VERSION_NUMBER: () => PLAIN_SERVER,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: () => PLAIN_SERVER,
  ERR_SSL_HTTP_REQUEST: () => PLAIN_SERVER,
  HPE_INVALID_CONSTANT: ({ secure }) => (secure ? NO_HTTP : TLS_SERVER),
  HPE_INVALID_VERSION: ({ secure }) => (secure ? NO_HTTP : TLS_SERVER),
};

const PLAIN_SERVER: Explanation = [
  'it does not speak TLS',
  'Should the server in the kubeconfig begin with http://, or have another port? A proxy in between can be the reason, too.',
];
const TLS_SERVER: Explanation = [
  'it does not speak plain HTTP',
  'Should the server in the kubeconfig begin with https://?',
];
const NO_HTTP: Explanation = ['it does not speak HTTP', 'Is the port in the kubeconfig the one of the API server?'];

const UNKNOWN_AUTHORITY: Explanation = [
  'it is signed by an authority that is unknown here',
  'The kubeconfig may be of an earlier cluster at this address: get it again, with its certificate-authority. A proxy that opens TLS can be the reason, too.',
];
const CERTIFICATE: Readonly<Record<string, Explanation>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  CERT_UNTRUSTED: UNKNOWN_AUTHORITY,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: ['it has expired', "The cluster's certificates must be renewed. Is this machine's clock right?"],
  CERT_NOT_YET_VALID: ['it is not valid yet', "Is this machine's clock right?"],
  CERT_REVOKED: ['it was revoked', 'Ask whoever runs the cluster.'],
};

/** OpenSSL's names for what a server says when it does not like the client's certificate (RFC 8446, section 6.2). */
const CLIENT_CERTIFICATE_ALERT =
  /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/;

/**
 * Makes the typed error of a failure below HTTP. Errors that are typed already pass unchanged, and so do those without a code, which are no
 * failures of the network.
 */
export function mapNetworkError(options: { readonly error: unknown; readonly endpoint: Endpoint }): Error {
  const { endpoint } = options;
  if (KforgeError.is(options.error)) return options.error;
  const error = firstFailure(options.error);
  const { code } = error;
  if (code === undefined) return error;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return nameMismatch({ endpoint, error });
  const rejected = CERTIFICATE[code];
  if (rejected) {
    const [reason, hint = ''] = rejected;
    return new CertificateRejectedError({ server: endpoint.url, reason, hint, cause: error });
  }
  if (CLIENT_CERTIFICATE_ALERT.test(code)) {
    return new CredentialsInvalidError({
      message: `The server ${endpoint.url} does not accept the client certificate`,
      hint: 'It may have expired, or be of an earlier cluster at this address. Log in to the cluster again, or get its kubeconfig again.',
      cause: error,
    });
  }
  const [reason, hint] = UNREACHABLE[code]?.(endpoint) ?? [`${error.message} (${code})`];
  return new ClusterUnreachableError({
    server: endpoint.url,
    reason,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The error for a server that lets a caller wait. */
export function timeoutError(options: { readonly endpoint: Endpoint; readonly timeoutMs: number }): Error {
  const { endpoint, timeoutMs } = options;
  return new ClusterUnreachableError({ server: endpoint.url, reason: `no answer came within ${timeoutMs / 1000} s` });
}

/** With several addresses to try, Node reports one error that holds those of each. */
function firstFailure(error: unknown): NodeJS.ErrnoException {
  if (error instanceof AggregateError) return firstFailure(error.errors[0]);
  return error instanceof Error ? error : new Error(String(error));
}

function nameMismatch(options: { readonly endpoint: Endpoint; readonly error: Error }): Error {
  const { endpoint, error } = options;
  const names = (error as { cert?: { subjectaltname?: unknown } }).cert?.subjectaltname;
  const validFor = typeof names === 'string' ? ` but for ${names.slice(0, 300)}` : '';
  return new CertificateRejectedError({
    server: endpoint.url,
    reason: `it is not for ${endpoint.certificateName}${validFor}`,
    hint: 'Use one of those names in the kubeconfig: as server, or as tls-server-name beside it.',
    cause: error,
  });
}
