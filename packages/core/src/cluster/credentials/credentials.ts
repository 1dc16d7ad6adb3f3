import type { AbortOptions } from '../../lifecycle/abort-options.ts';

/** What shows the server who is asking. A new object stands for new content: compare by identity. */
export interface Credential {
  /** `Authorization`, or nothing. */
  readonly headers: Readonly<Record<string, string>>;
  /** PEM blocks of a client certificate and its key. */
  readonly clientCertificate: ClientCertificate | undefined;
}

/** A client certificate (PEM) and its key. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Which credential is wanted. */
export interface GetCredentialOptions extends AbortOptions {
  /** The one that the server has answered with 401: a source that can renew it does so, all others return it again. */
  readonly rejected?: Credential | undefined;
}

/**
 * A source of credentials of one user. It keeps what it has while that is good, and renews it for all callers at once.
 *
 * Its calls throw {@link CredentialsInvalidError}, {@link CredentialPluginNotFoundError} and {@link CredentialPluginFailedError}.
 */
export interface CredentialSource {
  get(options: GetCredentialOptions): Promise<Credential>;
  /** Ends what is under way. */
  close(): void;
}
