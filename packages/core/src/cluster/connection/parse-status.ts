import { isRecord } from '../fields.ts';

/** What is used of a `Status` object of the API, or of a plain text that came in its place. */
export interface ApiStatus {
  readonly message: string | undefined;
  /** For instance `NotFound`. */
  readonly reason: string | undefined;
  readonly code: number | undefined;
  /** The object's name in `details`. */
  readonly name: string | undefined;
}

const MAX_MESSAGE_LENGTH = 1000;

/** Reads the body of an error: a Status object, or text; a web page says nothing. */
export function parseStatus(body: string): ApiStatus {
  return statusOf(parseJson(body)) ?? { message: plainText(body), reason: undefined, code: undefined, name: undefined };
}

/** Reads a Status object, `undefined` when it is none. */
export function statusOf(object: unknown): ApiStatus | undefined {
  if (!isRecord(object) || object.kind !== 'Status') return undefined;
  const { message, reason, code, details } = object;
  const name = isRecord(details) ? details.name : undefined;
  return {
    message: typeof message === 'string' ? plainText(message) : undefined,
    reason: typeof reason === 'string' && reason !== '' ? reason.slice(0, 100) : undefined,
    code: typeof code === 'number' ? code : undefined,
    name: typeof name === 'string' ? name : undefined,
  };
}

function plainText(text: string): string | undefined {
  if (text.trimStart().startsWith('<')) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = text.replaceAll(/[\x00-\x1f\x7f]+/g, ' ').trim();
  if (clean === '') return undefined;
  return clean.length > MAX_MESSAGE_LENGTH ? `${clean.slice(0, MAX_MESSAGE_LENGTH)}…` : clean;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // proxies and kubelets answer with plain text
  }
}
