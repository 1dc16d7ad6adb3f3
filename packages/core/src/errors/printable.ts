/** A foreign text, fit to be shown on a terminal: control characters become spaces, and it is cut at `limit` characters. */
export function printable(text: string, limit: number = 300): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, limit);
}
