/** An object whose fields are not known by type. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields: no list, no `null`. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
