import { parse, YAMLError } from 'yaml';

/** What is wrong with a YAML text, without any of the text itself: it may hold secrets. */
export class YamlInvalidError extends Error {
  override readonly name = 'YamlInvalidError';
}

/** A YAML text and what may be in it. */
export interface ParseYamlOptions {
  readonly text: string;
  /** The longest text that is parsed, in bytes of UTF-8. @default 1048576 */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 1024 * 1024;
const MAX_ALIASES = 100;

/**
 * Parses one YAML 1.2 document (or JSON) into plain data, with merge keys (`<<`). The result is unchecked.
 *
 * @throws {YamlInvalidError} when the text is too long, is no YAML, repeats a key, or expands more than 100 aliases
 */
export function parseYaml(options: ParseYamlOptions): unknown {
  const { text, maxBytes = DEFAULT_MAX_BYTES } = options;
  if (Buffer.byteLength(text) > maxBytes) throw new YamlInvalidError(`it is larger than ${maxBytes} bytes`);
  try {
    return parse(text, { merge: true, maxAliasCount: MAX_ALIASES, prettyErrors: true, logLevel: 'error' }) as unknown;
  } catch (error) {
    throw new YamlInvalidError(describe(error));
  }
}

function describe(error: unknown): string {
  if (error instanceof ReferenceError) return 'it has an alias without an anchor, or too many aliases';
  if (!(error instanceof YAMLError)) return 'it cannot be parsed';
  const start = error.linePos?.[0];
  const where = start ? ` in line ${start.line}, column ${start.col}` : '';
  return `it is not valid YAML${where} (${error.code.toLowerCase().replaceAll('_', ' ')})`;
}
