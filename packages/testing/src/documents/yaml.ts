import { parse, parseAllDocuments } from 'yaml';

/** The most aliases that are resolved: a text of few of them can stand for a value without end. */
const MAX_ALIASES = 100;

/** The library looks for duplicate keys in a time that grows with the square of their number; the last one counts, as in JSON. */
const LINEAR = { uniqueKeys: false } as const;

/** The one value in a text. @throws Error when the text is no YAML, or has too many aliases. */
export function parseYaml(text: string): unknown {
  return parse(text, { maxAliasCount: MAX_ALIASES, ...LINEAR }) as unknown;
}

/** The values of all documents in a text, without empty ones. @throws Error as {@link parseYaml}. */
export function parseYamlDocuments(text: string): readonly unknown[] {
  return parseAllDocuments(text, LINEAR).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    const value = document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
    return value === null || value === undefined ? [] : [value];
  });
}
