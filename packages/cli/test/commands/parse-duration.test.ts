import { OptionsError } from '@kforge/core';
import { expect, test } from 'vitest';
import { parseDuration } from '../../src/commands/parse-duration.ts';

test.each([
  ['1m0s', 60_000],
  ['90s', 90_000],
  ['500ms', 500],
  ['1h', 3_600_000],
  ['1.5s', 1500],
  ['0s', 0],
])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '5', 's', '1x', '1m 0s', '-1s', '1s5'])('refuses %j', (text) => {
  expect(() => parseDuration(text)).toThrow(OptionsError);
});
