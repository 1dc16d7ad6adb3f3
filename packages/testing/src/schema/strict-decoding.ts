import type { StatusError } from '../errors/status-error.ts';
import { badRequest } from '../errors/statuses.ts';

/** Where all warnings together are longer than this, in characters, each is cut and the rest left out, as the real server does. */
const MAX_WARNINGS = 4096;
/** What is then left of each, in characters. */
const CUT_WARNING = 256;

/** How Go quotes these; other control characters are `\x` with two digits. */
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** What the real server says of unknown fields wherever it refuses them: `strict decoding error: unknown field "spec.foo"`. */
export function strictDecodingText(fields: readonly string[]): string {
  return `strict decoding error: ${fields.map(textOf).join(', ')}`;
}

/** 400 of a write with `fieldValidation=Strict` for the unknown fields of the object in its body. */
export function strictDecodingError({
  object,
  fields,
}: {
  readonly object: { readonly apiVersion: string; readonly kind: string };
  /** As `unknownFields` names them. */
  readonly fields: readonly string[];
}): StatusError {
  return decodingError({ object, problem: strictDecodingText(fields) });
}

/** 400 of a write whose body Go cannot read: `Pod in version "v1" cannot be handled as a Pod: …`. */
export function decodingError({
  object,
  problem,
}: {
  readonly object: { readonly apiVersion: string; readonly kind: string };
  /** Such as `valueProblem` gives. */
  readonly problem: string;
}): StatusError {
  const version = object.apiVersion.slice(object.apiVersion.indexOf('/') + 1);
  return badRequest(`${object.kind} in version ${quote(version)} cannot be handled as a ${object.kind}: ${problem}`);
}

/**
 * The values of the headers `Warning` (RFC 7234, 5.5) for a write with `fieldValidation=Warn`: `299 - "unknown field \"spec.foo\""`.
 * Text beyond ASCII is in UTF-8, a byte a character, as Node.js writes headers. If they are longer than 4096 characters together, each is
 * cut to 256, and those after the first 4096 are left out.
 */
export function unknownFieldWarnings(fields: readonly string[]): readonly string[] {
  const texts = fields.map((field) => [...textOf(field)]);
  const isLong = texts.reduce((sum, text) => sum + text.length, 0) > MAX_WARNINGS;
  const warnings: string[] = [];
  let characters = 0;
  for (const text of isLong ? texts.map((text) => text.slice(0, CUT_WARNING)) : texts) {
    if (characters >= MAX_WARNINGS) break;
    characters += text.length;
    warnings.push(Buffer.from(`299 - ${quote(text.join(''))}`, 'utf8').toString('latin1'));
  }
  return warnings;
}

function textOf(field: string): string {
  return `unknown field ${quote(field)}`;
}

function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go.
  const escaped = text.replace(/["\\\x00-\x1f\x7f]/g, (character) => ESCAPES[character] ?? hexEscape(character));
  return `"${escaped}"`;
}

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
