import { expect, test } from 'vitest';
import { bytePattern } from '../../src/pods/byte-pattern.ts';
import { expectedPattern } from './helpers/talk.ts';

test.each([0, 1, 251 * 256, 251 * 256 + 1, 200_000])('%d bytes follow the pattern, across blocks', (length) => {
  const bytes = Buffer.concat([...bytePattern({ length })]);
  expect(bytes.length).toBe(length);
  expect(bytes.equals(expectedPattern(length))).toBe(true);
});
