import { expect } from 'vitest';

/** Fails with one line for each violation of a rule. */
export function expectNone(violations: readonly string[]): void {
  expect(violations, `\n${violations.join('\n')}\n`).toEqual([]);
}
