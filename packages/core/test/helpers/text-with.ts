import { expect } from 'vitest';

/** Stands for any text with that part, inside an object that is compared. */
export function textWith(part: string | RegExp): string {
  return (typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part)) as string;
}
