import { expect, test } from 'vitest';
import { timestampText } from '../../src/protobuf/timestamp-text.ts';

test('a time is written in UTC, with six digits after the dot where there are microseconds', () => {
  expect(timestampText({ seconds: 0 })).toBe('1970-01-01T00:00:00Z');
  expect(timestampText({ seconds: -1 })).toBe('1969-12-31T23:59:59Z');
  expect(timestampText({ seconds: 0, microseconds: 0 })).toBe('1970-01-01T00:00:00.000000Z');
  expect(timestampText({ seconds: 1_700_000_000, microseconds: 42 })).toBe('2023-11-14T22:13:20.000042Z');
});

test('the first and the last second are those of the years 1 and 9999', () => {
  expect(timestampText({ seconds: -62_135_596_800 })).toBe('0001-01-01T00:00:00Z');
  expect(timestampText({ seconds: 253_402_300_799 })).toBe('9999-12-31T23:59:59Z');
  expect(() => timestampText({ seconds: -62_135_596_801 })).toThrow(RangeError);
  expect(() => timestampText({ seconds: 253_402_300_800 })).toThrow(RangeError);
  expect(() => timestampText({ seconds: Number.NaN })).toThrow(RangeError);
  expect(() => timestampText({ seconds: 0, microseconds: 1_000_000 })).toThrow(RangeError);
});
