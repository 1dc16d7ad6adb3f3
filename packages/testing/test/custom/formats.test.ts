import { expect, test } from 'vitest';
import { FORMATS } from '../../src/custom/formats.ts';

function matches(format: string, text: string): boolean {
  const check = FORMATS[format];
  return typeof check === 'function' ? check(text) : (check?.test(text) ?? false);
}

test.each([
  ['uri', 'http://a/b', 'x'],
  ['email', 'a@b.c', 'x'],
  ['hostname', 'a-b.example', '_x'],
  ['ipv4', '10.0.0.1', '::1'],
  ['ipv6', '::1', '10.0.0.1'],
  ['cidr', '10.0.0.0/8', '10.0.0.0/33'],
  ['mac', '00:00:5e:00:53:01', 'x'],
  ['uuid', '123e4567-e89b-12d3-a456-426614174000', 'x'],
  ['byte', 'eHg=', 'x'],
  ['date', '2024-02-29', '2023-02-29'],
  ['date-time', '2024-01-01T00:00:00Z', '2024-01-01'],
  ['duration', '1h30m', 'x'],
  ['duration', '3 days', '3 apples'],
])('%s takes %s and not %s', (format, right, wrong) => {
  expect([matches(format, right), matches(format, wrong)]).toEqual([true, false]);
});
