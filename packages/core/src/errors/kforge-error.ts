import type { ErrorCode } from './codes.ts';

const BRAND = Symbol.for('kforge.error');

/** What every {@link KforgeError} is made of. */
export interface KforgeErrorOptions {
  /** A sentence that a newcomer understands. It carries no secret. */
  readonly message: string;
  /** The next step for a person, as one or more lines. */
  readonly hint?: string | undefined;
  /** What went wrong underneath. */
  readonly cause?: unknown;
}

/** The plain-data form of an error, for logs, `--json` and sockets. */
export interface KforgeErrorJson {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * The base of every error that kforge throws. Compare `code`, not the message: messages may be reworded in any release, codes may not.
 *
 * `instanceof KforgeError` and {@link KforgeError.is} hold across two copies of this package in one process, because the check is a
 * brand under `Symbol.for('kforge.error')`.
 */
export abstract class KforgeError extends Error {
  abstract readonly code: ErrorCode;
  /** The next step for a person, or `undefined` where there is none. */
  readonly hint: string | undefined;

  constructor(options: KforgeErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    Object.defineProperty(this, BRAND, { value: true });
    Object.defineProperty(this, 'name', { value: new.target.name, configurable: true, writable: true });
  }

  /** Whether a value is a kforge error, from this copy of the package or another. */
  static is(value: unknown): value is KforgeError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore-start lint/complexity/noThisInStatic: a subclass asks about itself, by the code that is its own
    if (this === KforgeError) return KforgeError.is(value);
    const { code } = this as { code?: ErrorCode };
    return KforgeError.is(value) && code !== undefined && value.code === code;
    // biome-ignore-end lint/complexity/noThisInStatic: as above
  }

  /** The error as plain data: name, code, message, hint and the fields of its class. The cause stays behind: it may hold secrets. */
  toJSON(): KforgeErrorJson {
    const { hint, code, ...details } = { ...this } as { hint?: string; code: ErrorCode };
    return { name: this.name, code, message: this.message, ...(hint === undefined ? {} : { hint }), details };
  }
}
