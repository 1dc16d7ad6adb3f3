import { expect, test } from 'vitest';
import { SPDY_DICTIONARY, SPDY_DICTIONARY_ID } from '../../../src/port-forward/spdy/dictionary.ts';

test('the dictionary has the length and the Adler-32 checksum that SPDY/3 gives it', () => {
  let [low, high] = [1, 0];
  for (const byte of SPDY_DICTIONARY) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  expect(SPDY_DICTIONARY.length).toBe(1423);
  expect(high * 65_536 + low).toBe(SPDY_DICTIONARY_ID);
});
