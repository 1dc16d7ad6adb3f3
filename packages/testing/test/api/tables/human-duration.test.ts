import { expect, test } from 'vitest';
import { age, humanDuration } from '../../../src/api/tables/human-duration.ts';

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000] as const;

test.each([
  [-2 * SECOND, '<invalid>'],
  [-1999, '0s'],
  [0, '0s'],
  [119_999, '119s'],
  [2 * MINUTE, '2m'],
  [2 * MINUTE + SECOND, '2m1s'],
  [10 * MINUTE - 1, '9m59s'],
  [10 * MINUTE + 30 * SECOND, '10m'],
  [3 * HOUR - 1, '179m'],
  [3 * HOUR, '3h'],
  [3 * HOUR + MINUTE, '3h1m'],
  [8 * HOUR + 59 * MINUTE, '8h'],
  [2 * DAY - 1, '47h'],
  [2 * DAY, '2d'],
  [2 * DAY + HOUR, '2d1h'],
  [8 * DAY + HOUR, '8d'],
  [729 * DAY, '729d'],
  [730 * DAY, '2y'],
  [731 * DAY, '2y1d'],
  [8 * 365 * DAY + DAY, '8y'],
])('%d milliseconds are shown as %s', (ms, expected) => {
  expect(humanDuration(ms)).toBe(expected);
});

test('an age is counted from a timestamp, and unknown without one', () => {
  expect(age('2026-03-01T11:59:00Z', Date.parse('2026-03-01T12:00:00Z'))).toBe('60s');
  expect([age(undefined, 0), age('', 0), age(7, 0)]).toEqual(['<unknown>', '<unknown>', '<unknown>']);
});
