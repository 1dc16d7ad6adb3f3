import { expect, test } from 'vitest';
import { MaskKeys, maskInPlace } from '../../../src/transport/websocket/mask.ts';

const KEY = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** RFC 6455 §5.3, as it is written there: byte i is XORed with byte i modulo 4 of the key. */
function maskedByTheBook(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, i) => byte ^ (KEY[i % 4] as number)));
}

test('masks the example of RFC 6455, section 5.7', () => {
  const bytes = Buffer.from('Hello');
  maskInPlace(bytes, KEY);
  expect(bytes.toString('hex')).toBe('7f9f4d5158');
});

test.each([0, 1, 2, 3, 4])(
  'masks every length from 0 to 40 at an offset of %i bytes, and nothing beside it',
  (offset) => {
    for (let length = 0; length <= 40; length++) {
      const memory = Buffer.from(new Uint8Array(48).map((_, i) => 7 * i + length).buffer);
      const before = Buffer.from(memory);
      maskInPlace(memory.subarray(offset, offset + length), KEY);
      expect(memory.subarray(offset, offset + length), `length ${length}`).toEqual(
        maskedByTheBook(before.subarray(offset, offset + length)),
      );
      expect(memory.subarray(0, offset)).toEqual(before.subarray(0, offset));
      expect(memory.subarray(offset + length)).toEqual(before.subarray(offset + length));
    }
  },
);

test('masking twice gives the bytes back', () => {
  const bytes = Buffer.from('the same bytes again');
  maskInPlace(bytes, KEY);
  expect(bytes.toString()).not.toBe('the same bytes again');
  maskInPlace(bytes, KEY);
  expect(bytes.toString()).toBe('the same bytes again');
});

test('deals keys of four bytes that do not come again', () => {
  const keys = new MaskKeys();
  const dealt = Array.from({ length: 3000 }, () => Buffer.from(keys.next()));
  expect(dealt.every((key) => key.length === 4)).toBe(true);
  // Of 3000 random 32-bit numbers, three pairs being alike happens less than once in 10^10 runs.
  expect(new Set(dealt.map((key) => key.toString('hex'))).size).toBeGreaterThan(2997);
});

test('two connections have keys of their own', () => {
  const first = new MaskKeys();
  const second = new MaskKeys();
  const keysOf = (keys: MaskKeys): string[] => Array.from({ length: 8 }, () => keys.next().toString('hex'));
  expect(keysOf(first)).not.toEqual(keysOf(second));
});
