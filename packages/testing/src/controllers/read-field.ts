import { fieldsOf } from '../objects/defaults/fields.ts';

/** The list that a value is, an empty one for any other value. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A count: the whole number from 0 on that a value is, or the default. */
export function countOf(value: unknown, whenAbsent: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : whenAbsent;
}

/** The text that a value is, or the default. */
export function textOf(value: unknown, whenAbsent: string): string {
  return typeof value === 'string' ? value : whenAbsent;
}

/** The entries of a map of texts, such as labels, that are texts. */
export function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).filter((entry) => typeof entry[1] === 'string')) as Record<
    string,
    string
  >;
}

/** The fields that are not 0, because a status leaves counts of 0 out. */
export function withoutZeros<T extends Readonly<Record<string, unknown>>>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== 0)) as Partial<T>;
}
