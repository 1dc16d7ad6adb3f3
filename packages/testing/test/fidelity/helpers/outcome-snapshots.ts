import { expect } from 'vitest';
import type { Outcome } from './programs.ts';

/** Prints outcomes in snapshots as a terminal shows them, with `! ` before the lines of standard error. */
expect.addSnapshotSerializer({
  test: isOutcome,
  serialize: ({ code, stdout, stderr }: Outcome) => {
    const errors = stderr
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `! ${line}`);
    const ending = code === 0 ? [] : [`exit code ${code}`];
    return [stdout.trimEnd(), ...errors, ...ending].filter((line) => line !== '').join('\n');
  },
});

function isOutcome(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'code' in value && 'stdout' in value && 'stderr' in value;
}
