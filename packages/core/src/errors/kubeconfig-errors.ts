import { KforgeError } from './kforge-error.ts';

/** No kubeconfig file exists and this is no pod. */
export class KubeconfigNotFoundError extends KforgeError {
  static readonly code: 'KUBECONFIG_NOT_FOUND' = 'KUBECONFIG_NOT_FOUND';
  override readonly code: typeof KubeconfigNotFoundError.code = KubeconfigNotFoundError.code;
  /** The files that were looked for, in order. */
  readonly searched: readonly string[];

  constructor(options: { readonly searched: readonly string[] }) {
    super({
      message: `No kubeconfig was found (looked for ${options.searched.join(', ')})`,
      hint: 'Name one with --kubeconfig or KUBECONFIG, or let your cluster tool write ~/.kube/config.',
    });
    this.searched = options.searched;
  }
}

/** A kubeconfig exists, but it cannot be read or does not say what it must. */
export class KubeconfigInvalidError extends KforgeError {
  static readonly code: 'KUBECONFIG_INVALID' = 'KUBECONFIG_INVALID';
  override readonly code: typeof KubeconfigInvalidError.code = KubeconfigInvalidError.code;
  /** The file at fault, or `undefined` for a configuration given as an object. */
  readonly file: string | undefined;

  constructor(options: {
    readonly message: string;
    readonly file?: string;
    readonly hint?: string;
    readonly cause?: unknown;
  }) {
    super(options);
    this.file = options.file;
  }
}

/** The kubeconfig has no context of that name. */
export class ContextNotFoundError extends KforgeError {
  static readonly code: 'CONTEXT_NOT_FOUND' = 'CONTEXT_NOT_FOUND';
  override readonly code: typeof ContextNotFoundError.code = ContextNotFoundError.code;
  readonly context: string;
  /** The contexts that exist. */
  readonly available: readonly string[];

  constructor(options: { readonly context: string; readonly available: readonly string[] }) {
    const named =
      options.context === '' ? 'The kubeconfig names no current context' : `There is no context "${options.context}"`;
    super({
      message: named,
      hint:
        options.available.length > 0
          ? `Contexts that exist: ${options.available.join(', ')}`
          : 'The kubeconfig has no contexts at all.',
    });
    this.context = options.context;
    this.available = options.available;
  }
}
