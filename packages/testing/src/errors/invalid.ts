import { type StatusCause, StatusError } from './status-error.ts';

/** Which object is invalid, and why. */
export interface InvalidObject {
  readonly kind: string;
  /** The API group; empty for the core group. */
  readonly group: string;
  readonly name: string;
  readonly causes: readonly StatusCause[];
}

/** 422: `Service "web" is invalid: spec.ports: Required value`. */
export function invalid({ kind, group, name, causes }: InvalidObject): StatusError {
  const sentences = causes.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`));
  const what = group === '' ? kind : `${kind}.${group}`;
  const why = sentences.length === 1 ? sentences[0] : `[${sentences.join(', ')}]`;
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${what} "${name}" is invalid: ${why}`,
    details: { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind, causes },
  });
}

/** A field that is missing. */
export function required(field: string, detail?: string): StatusCause {
  const message = detail === undefined ? 'Required value' : `Required value: ${detail}`;
  return { reason: 'FieldValueRequired', message, field };
}

/** A field whose value cannot be. */
export function invalidValue(field: string, value: unknown, detail: string): StatusCause {
  const shown = JSON.stringify(value ?? null);
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${shown}: ${detail}`, field };
}

/** A field that may not be set or changed. */
export function forbiddenField(field: string, detail: string): StatusCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field };
}

/** A value that is none of those there are. */
export function unsupportedValue(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const choices = supported.map((choice) => JSON.stringify(choice)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value ?? null)}: supported values: ${choices}`;
  return { reason: 'FieldValueNotSupported', message, field };
}
