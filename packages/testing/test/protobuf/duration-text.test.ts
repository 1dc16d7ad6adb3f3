import { expect, test } from 'vitest';
import { durationText } from '../../src/protobuf/duration-text.ts';

test.each([
  [0n, '0s'],
  [1n, '1ns'],
  [1100n, '1.1µs'],
  [2_200_000n, '2.2ms'],
  [1_000_000_000n, '1s'],
  [3_300_000_000n, '3.3s'],
  [245_000_000_000n, '4m5s'],
  [3_600_000_000_000n, '1h0m0s'],
  [18_367_001_000_000n, '5h6m7.001s'],
  [-1_500_000_000n, '-1.5s'],
  [2n ** 63n - 1n, '2562047h47m16.854775807s'],
  [-(2n ** 63n), '-2562047h47m16.854775808s'],
])('%d nanoseconds are written as Go writes them', (nanoseconds, text) => {
  expect(durationText(nanoseconds)).toBe(text);
});
