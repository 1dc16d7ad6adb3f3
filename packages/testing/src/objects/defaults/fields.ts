import { type Fields, isFields } from '../../documents/fields.ts';

/** A field that should be an object: an empty one when it is anything else. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** A field that should be a list of objects: without what is none. */
export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The object with defaults for the fields that are absent or `null`. */
export function withDefaults(value: unknown, defaults: Fields): Fields {
  const given = Object.entries(fieldsOf(value)).filter(([, field]) => field !== undefined && field !== null);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** Changes a field where it is an object; one that is absent stays so. */
export function changeField(value: Fields, name: string, change: (field: Fields) => Fields): Fields {
  const field = value[name];
  return isFields(field) ? { ...value, [name]: change(field) } : value;
}

/** Changes the items of a list in a field; a field that is absent stays so. */
export function changeItems(value: Fields, name: string, change: (item: Fields) => Fields): Fields {
  const field = value[name];
  if (!Array.isArray(field)) return value;
  return { ...value, [name]: field.map((item) => (isFields(item) ? change(item) : (item as unknown))) };
}
