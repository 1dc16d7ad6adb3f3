import { expect, test } from 'vitest';
import { readTime } from '../../src/schema/go-time.ts';

const written = (text: string, isMicro = false) => {
  const reading = readTime({ text, isMicro });
  return 'value' in reading ? reading.value : 'problem' in reading ? reading.problem : undefined;
};

test('a time is written in UTC, to the second', () => {
  expect(written('2020-01-01T00:00:00Z')).toBe('2020-01-01T00:00:00Z');
  expect(written('2020-01-01T00:00:00.5+02:00')).toBe('2019-12-31T22:00:00Z');
  expect(written('2024-02-29T23:59:59,5-00:30')).toBe('2024-03-01T00:29:59Z');
  expect(written('2020-01-01T7:00:00Z')).toBe('2020-01-01T07:00:00Z');
});

test('a micro time has six digits after the dot, and needs them', () => {
  expect(written('2020-01-01T00:00:00.123456+01:00', true)).toBe('2019-12-31T23:00:00.123456Z');
  expect(written('2020-01-01T00:00:00Z', true)).toBe(
    'parsing time "2020-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
  );
});

// The words of a Kubernetes 1.34.
test.each([
  ['no', ' as "2006-01-02T15:04:05Z07:00": cannot parse "no" as "2006"'],
  ['2020-01-01', ' as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
  ['2020-13-01T00:00:00Z', ': month out of range'],
  ['2023-02-29T00:00:00Z', ': day out of range'],
  ['2020-01-01T24:00:00Z', ': hour out of range'],
  ['2020-01-01T00:00:60Z', ': second out of range'],
  ['2020-01-01T00:00:00+25:00', ': time zone offset hour out of range'],
  ['2020-01-01T00:00:00Zx', ': extra text: "x"'],
])('%s is refused', (text, why) => {
  expect(written(text)).toBe(`parsing time "${text}"${why}`);
});

test('what is no plain text is quoted byte by byte', () => {
  expect(written('é"\\\t')).toContain('parsing time "\\xc3\\xa9\\"\\\\\\x09" as');
});
