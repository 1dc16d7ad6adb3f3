import type { SeededRandom } from './seeded-random.ts';

/** A uid in the form of RFC 9562, version 4. */
export function makeUid(random: SeededRandom): string {
  const digits = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16));
  digits[12] = '4';
  digits[16] = random.integer(8, 11).toString(16);
  return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
