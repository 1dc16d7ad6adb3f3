import { KforgeError } from './kforge-error.ts';

/** No connection to the API server: name not found, refused, timed out, cut. */
export class ClusterUnreachableError extends KforgeError {
  static readonly code: 'CLUSTER_UNREACHABLE' = 'CLUSTER_UNREACHABLE';
  override readonly code: typeof ClusterUnreachableError.code = ClusterUnreachableError.code;
  /** The server's URL, as the kubeconfig has it. */
  readonly server: string;

  constructor(options: {
    readonly server: string;
    readonly reason: string;
    readonly hint?: string;
    readonly cause?: unknown;
  }) {
    super({
      message: `The cluster at ${options.server} cannot be reached: ${options.reason}`,
      hint: options.hint ?? 'Is the cluster running, and is the VPN or proxy up that leads to it?',
      cause: options.cause,
    });
    this.server = options.server;
  }
}

/** TLS failed: the certificate is of an unknown authority, for another name, or out of date. */
export class CertificateRejectedError extends KforgeError {
  static readonly code: 'CERTIFICATE_REJECTED' = 'CERTIFICATE_REJECTED';
  override readonly code: typeof CertificateRejectedError.code = CertificateRejectedError.code;
  readonly server: string;

  constructor(options: {
    readonly server: string;
    readonly reason: string;
    readonly hint: string;
    readonly cause?: unknown;
  }) {
    super({
      message: `The certificate of ${options.server} was not accepted: ${options.reason}`,
      hint: options.hint,
      cause: options.cause,
    });
    this.server = options.server;
  }
}

/** The proxy that the kubeconfig or the environment names does not lead to the cluster. */
export class ProxyFailedError extends KforgeError {
  static readonly code: 'PROXY_FAILED' = 'PROXY_FAILED';
  override readonly code: typeof ProxyFailedError.code = ProxyFailedError.code;
  /** The proxy's URL without credentials. */
  readonly proxy: string;

  constructor(options: { readonly proxy: string; readonly reason: string; readonly cause?: unknown }) {
    super({
      message: `The proxy ${options.proxy} did not connect to the cluster: ${options.reason}`,
      hint: 'It comes from proxy-url in the kubeconfig, or from HTTPS_PROXY; NO_PROXY lists hosts that need none.',
      cause: options.cause,
    });
    this.proxy = options.proxy;
  }
}

/** The API server knows who is asking and says no (HTTP 403). */
export class ForbiddenError extends KforgeError {
  static readonly code: 'FORBIDDEN' = 'FORBIDDEN';
  override readonly code: typeof ForbiddenError.code = ForbiddenError.code;
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string | undefined;

  constructor(options: {
    readonly message: string;
    readonly verb: string;
    readonly resource: string;
    readonly namespace?: string | undefined;
    readonly hint?: string | undefined;
    readonly cause?: unknown;
  }) {
    super(options);
    this.verb = options.verb;
    this.resource = options.resource;
    this.namespace = options.namespace;
  }
}

/** Any other answer of the API server that is no success. */
export class ApiError extends KforgeError {
  static readonly code: 'API_ERROR' = 'API_ERROR';
  override readonly code: typeof ApiError.code = ApiError.code;
  /** HTTP status. */
  readonly status: number;
  /** The `reason` of the server's Status object, for instance `NotFound`, or `undefined`. */
  readonly reason: string | undefined;

  constructor(options: {
    readonly message: string;
    readonly status: number;
    readonly reason?: string | undefined;
    readonly hint?: string | undefined;
    readonly cause?: unknown;
  }) {
    super(options);
    this.status = options.status;
    this.reason = options.reason;
  }
}

/** The server's answer is not what the Kubernetes API answers: not JSON, the wrong kind, too large. */
export class ApiResponseInvalidError extends KforgeError {
  static readonly code: 'API_RESPONSE_INVALID' = 'API_RESPONSE_INVALID';
  override readonly code: typeof ApiResponseInvalidError.code = ApiResponseInvalidError.code;

  constructor(options: { readonly message: string; readonly hint?: string; readonly cause?: unknown }) {
    super({
      hint: 'Is the server in the kubeconfig a Kubernetes API server, with no login page in between?',
      ...options,
    });
  }
}
