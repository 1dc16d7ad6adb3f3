/** Whether a value is one of some texts. */
export function isOneOf(texts: readonly string[], value: unknown): value is string {
  return typeof value === 'string' && texts.includes(value);
}
