/** One thing that is wrong with an object. */
export interface StatusCause {
  /** Such as `FieldValueRequired`. */
  readonly reason: string;
  readonly message: string;
  /** Where, such as `spec.replicas`. */
  readonly field: string;
}

/** What a `Status` is about. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** The answer of a Kubernetes API server to a request that failed: `Status` of `v1`. */
export interface StatusObject {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Failure';
  readonly message: string;
  readonly reason: string;
  readonly details?: StatusDetails;
  readonly code: number;
}

/** What a {@link StatusError} says. */
export interface StatusErrorOptions {
  /** The HTTP status of the answer. */
  readonly code: number;
  /** The machine-readable reason, such as `NotFound`. */
  readonly reason: string;
  readonly message: string;
  /** What the answer is about. */
  readonly details?: StatusDetails;
}

/** A failure that the simulated API server answers with a `Status` object, worded as a real server words it. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  /** The HTTP status of the answer. */
  readonly code: number;
  /** The machine-readable reason, such as `NotFound`. */
  readonly reason: string;
  readonly #details: StatusDetails | undefined;

  constructor({ code, reason, message, details }: StatusErrorOptions) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.#details = details;
  }

  /** The object that goes over the wire. */
  toStatus(): StatusObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(this.#details === undefined ? {} : { details: this.#details }),
      code: this.code,
    };
  }
}
