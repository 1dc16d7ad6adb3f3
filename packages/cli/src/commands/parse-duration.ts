import { OptionsError } from '@kforge/core';

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const PART = /(\d+(?:\.\d+)?)(ms|h|m|s)/y;

/**
 * Reads a duration as kubectl takes it (Go's form): `1m0s`, `90s`, `500ms`.
 *
 * @returns milliseconds
 */
export function parseDuration(text: string): number {
  let total = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length || text === '') {
    const match = text === '' ? null : PART.exec(text);
    if (!match) {
      throw new OptionsError({
        problems: [{ path: 'pod-running-timeout', message: `"${text}" is no duration` }],
        hint: 'Examples: 30s, 1m30s, 500ms.',
      });
    }
    total += Number(match[1]) * (UNIT_MS[match[2] as string] as number);
  }
  return total;
}
