import { expect, test } from 'vitest';
import { readBase64 } from '../../src/schema/base64.ts';

test('base64 loses its line ends and stray bits', () => {
  expect(readBase64('YQ==')).toEqual({ value: 'YQ==' });
  expect(readBase64('Y\nQ=\r\n=')).toEqual({ value: 'YQ==' });
  expect(readBase64('YR==')).toEqual({ value: 'YQ==' });
  expect(readBase64('')).toEqual({ value: '' });
});

// The offsets of a Kubernetes 1.34.
test.each([
  ['!!', 0],
  ['YQ', 0],
  ['YQ=', 3],
  ['YQ==YQ==', 4],
  ['YWI=YQ', 4],
  ['Y=Q=', 1],
  ['YQ=\nx', 3],
  ['plain text', 5],
])('%j is refused at byte %i', (text, offset) => {
  expect(readBase64(text)).toEqual({ problem: `illegal base64 data at input byte ${offset}` });
});
