import { invalidValue } from '../errors/invalid.ts';
import { StatusError } from '../errors/status-error.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * 422 of a patch that leaves an object Go cannot read: ` "" is invalid: patch: Invalid value: "…": …`, where the value is the patch of a
 * strategic merge patch, or else the object with the patch.
 */
export function patchRefusal({
  patch,
  object,
  problem,
}: {
  /** Of a strategic merge patch. */
  readonly patch: unknown;
  readonly object: Fields;
  /** Such as `conversionProblem` gives, or `strictDecodingText`. */
  readonly problem: string;
}): StatusError {
  const value = patch === undefined ? JSON.stringify(sorted(object)) : goText(patch);
  const cause = invalidValue('patch', value, problem);
  const message = ` "" is invalid: patch: ${cause.message}`;
  return new StatusError({ code: 422, reason: 'Invalid', message, details: { causes: [cause] } });
}

/** The fields in the order of their names, as Go writes a map; deeper ones stay as they are. */
function sorted(object: Fields): Fields {
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A value as `%+v` of Go prints it: `map[data:map[a:1 b:<nil>] list:[1 2]]`. */
function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (value === null) return '<nil>';
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  const fields = Object.entries(sorted(value as Fields)).map(([name, field]) => `${name}:${goText(field)}`);
  return `map[${fields.join(' ')}]`;
}
