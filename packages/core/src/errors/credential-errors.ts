import { KforgeError } from './kforge-error.ts';

/** The API server does not know who is asking (HTTP 401), also after the credentials were renewed once. */
export class UnauthorizedError extends KforgeError {
  static readonly code: 'UNAUTHORIZED' = 'UNAUTHORIZED';
  override readonly code: typeof UnauthorizedError.code = UnauthorizedError.code;
  readonly context: string | undefined;

  constructor(options: { readonly context?: string | undefined; readonly hint?: string; readonly cause?: unknown }) {
    super({
      message: `The cluster${options.context ? ` of context "${options.context}"` : ''} does not accept your credentials (401 Unauthorized)`,
      hint: options.hint ?? 'The token or certificate may have expired. Log in to the cluster again, then retry.',
      cause: options.cause,
    });
    this.context = options.context;
  }
}

/** The user entry of the kubeconfig cannot be used: an unreadable file, a broken certificate, an unknown provider. */
export class CredentialsInvalidError extends KforgeError {
  static readonly code: 'CREDENTIALS_INVALID' = 'CREDENTIALS_INVALID';
  override readonly code: typeof CredentialsInvalidError.code = CredentialsInvalidError.code;
  readonly user: string | undefined;

  constructor(options: {
    readonly message: string;
    readonly user?: string | undefined;
    readonly hint?: string;
    readonly cause?: unknown;
  }) {
    super(options);
    this.user = options.user;
  }
}

/** The kubeconfig names a credential plugin that is not installed, or not where this process looks. */
export class CredentialPluginNotFoundError extends KforgeError {
  static readonly code: 'CREDENTIAL_PLUGIN_NOT_FOUND' = 'CREDENTIAL_PLUGIN_NOT_FOUND';
  override readonly code: typeof CredentialPluginNotFoundError.code = CredentialPluginNotFoundError.code;
  readonly command: string;
  /** The folders that were searched, or the one path where the plugin was expected. */
  readonly searched: readonly string[];

  constructor(options: {
    readonly command: string;
    readonly searched: readonly string[];
    readonly installHint?: string | undefined;
  }) {
    super({
      message: `The credential plugin "${options.command}" was not found`,
      hint: [options.installHint?.trim(), `Looked in: ${options.searched.join(', ')}`].filter(Boolean).join('\n'),
    });
    this.command = options.command;
    this.searched = options.searched;
  }
}

/** The credential plugin ran and failed, or printed something that is no credential. */
export class CredentialPluginFailedError extends KforgeError {
  static readonly code: 'CREDENTIAL_PLUGIN_FAILED' = 'CREDENTIAL_PLUGIN_FAILED';
  override readonly code: typeof CredentialPluginFailedError.code = CredentialPluginFailedError.code;
  readonly command: string;
  readonly exitCode: number | undefined;

  constructor(options: {
    readonly command: string;
    readonly reason: string;
    readonly exitCode?: number | undefined;
    readonly hint?: string | undefined;
    readonly cause?: unknown;
  }) {
    super({
      message: `The credential plugin "${options.command}" ${options.reason}`,
      hint: options.hint,
      cause: options.cause,
    });
    this.command = options.command;
    this.exitCode = options.exitCode;
  }
}
