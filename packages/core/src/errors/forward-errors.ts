import { KforgeError } from './kforge-error.ts';

/** No forward has that id: it was never started, or it was stopped. */
export class ForwardNotFoundError extends KforgeError {
  static readonly code: 'FORWARD_NOT_FOUND' = 'FORWARD_NOT_FOUND';
  override readonly code: typeof ForwardNotFoundError.code = ForwardNotFoundError.code;
  readonly forwardId: string;

  constructor(options: { readonly forwardId: string }) {
    super({ message: `Forward ${options.forwardId} not found` });
    this.forwardId = options.forwardId;
  }
}

/** A forward was not ready within its start limit. Nothing of it is left behind. */
export class StartTimeoutError extends KforgeError {
  static readonly code: 'START_TIMEOUT' = 'START_TIMEOUT';
  override readonly code: typeof StartTimeoutError.code = StartTimeoutError.code;
  readonly timeoutMs: number;

  constructor(options: { readonly timeoutMs: number; readonly doing: string; readonly cause?: unknown }) {
    super({
      message: `The forward did not start within ${options.timeoutMs / 1000} s (it was ${options.doing})`,
      hint: 'The cluster may be slow or unreachable; startTimeoutMs sets another limit.',
      cause: options.cause,
    });
    this.timeoutMs = options.timeoutMs;
  }
}

/** A local connection waited for a tunnel and got none in time. */
export class ConnectionTimeoutError extends KforgeError {
  static readonly code: 'CONNECTION_TIMEOUT' = 'CONNECTION_TIMEOUT';
  override readonly code: typeof ConnectionTimeoutError.code = ConnectionTimeoutError.code;
  readonly timeoutMs: number;

  constructor(options: { readonly timeoutMs: number; readonly cause?: unknown }) {
    super({ message: `No tunnel to the pod within ${options.timeoutMs / 1000} s`, cause: options.cause });
    this.timeoutMs = options.timeoutMs;
  }
}
