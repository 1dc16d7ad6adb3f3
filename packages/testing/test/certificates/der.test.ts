import { expect, test } from 'vitest';
import { bitString, der, objectId, sequence, TRUE, time } from '../../src/certificates/der.ts';

test.each([
  [0, '0400'],
  [127, '047f'],
  [128, '048180'],
  [255, '0481ff'],
  [256, '04820100'],
  [65_535, '0482ffff'],
])('content of %d bytes has the head %s', (length, head) => {
  const encoded = der(0x04, Buffer.alloc(length, 0xab));
  expect(encoded.subarray(0, head.length / 2).toString('hex')).toBe(head);
  expect(encoded.length).toBe(head.length / 2 + length);
});

test('content that no certificate has is refused', () => {
  expect(() => der(0x04, Buffer.alloc(65_536))).toThrow(RangeError);
});

test('values are encoded as X.690 says', () => {
  expect(sequence(TRUE, objectId('551d0f')).toString('hex')).toBe('30080101ff0603551d0f');
  expect(bitString(Buffer.from([0x80]), 7).toString('hex')).toBe('03020780');
});

test.each([
  ['2026-11-21T07:47:39.123Z', 0x17, '261121074739Z'],
  ['2049-12-31T23:59:59.000Z', 0x17, '491231235959Z'],
  ['2050-01-01T00:00:00.000Z', 0x18, '20500101000000Z'],
])('%s is a time of the type %d', (moment, tag, digits) => {
  const encoded = time(new Date(moment));
  expect([encoded[0], encoded.subarray(2).toString()]).toEqual([tag, digits]);
});
