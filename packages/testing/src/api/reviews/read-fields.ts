import { type Fields, isFields } from '../../documents/fields.ts';
import { badRequest } from '../../errors/statuses.ts';

/** An object in a field; `undefined` when it is absent. @throws StatusError 400 for anything else. */
export function readFields(value: unknown, field: string): Fields | undefined {
  if (value === undefined || value === null) return undefined;
  if (isFields(value)) return value;
  throw badRequest(`${field} is no object`);
}

/** A text in a field; empty when it is absent. @throws StatusError 400 for anything else. */
export function readText(value: unknown, field: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw badRequest(`${field} is no string`);
}

/** A list of texts in a field; empty when it is absent. @throws StatusError 400 for anything else. */
export function readTexts(value: unknown, field: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((entry, index) => readText(entry, `${field}[${index}]`));
  throw badRequest(`${field} is no list`);
}
