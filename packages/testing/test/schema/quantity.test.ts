import { expect, test } from 'vitest';
import { readQuantity } from '../../src/schema/quantity.ts';

const written = (text: string) => {
  const reading = readQuantity(text);
  return 'value' in reading ? reading.value : reading;
};

// What a Kubernetes 1.34 makes of the same quantities.
test.each([
  ['0.5', '500m'],
  ['1000m', '1'],
  ['1000', '1k'],
  ['0', '0'],
  ['0.001', '1m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Ki', '512'],
  ['1.1Ki', '1126400m'],
  ['1048576Ki', '1Gi'],
  ['1000G', '1T'],
  ['1e1', '10'],
  ['123456789012345678901', '123456789012345678901'],
  ['9999999999999999Ki', '9223372036854775807'],
  ['-0.5', '-500m'],
])('%s is written %s', (given, canonical) => {
  expect(written(given)).toBe(canonical);
});

test.each(['1', '100', '100m', '1.500', '1e3', '1Gi', '1000Ki', '128974848', '+1', '0100'])(
  '%s stays as it is',
  (text) => {
    expect(written(text)).toBe(text);
  },
);

test('white space around a quantity goes', () => {
  expect(written(' 1 ')).toBe('1');
});

test('what is smaller than a billionth counts as one, and takes no time for it', () => {
  expect(written('1e-1000000000')).toBe('1e-9');
  expect(written('0.0000000001')).toBe('1n');
});

test('a text of other characters is refused with the form', () => {
  const problem = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  for (const text of ['many', '', '1.2.3', '1KI', '1 k', '0x1']) expect(written(text)).toEqual({ problem });
});

test('an unknown suffix and a number without digits are refused', () => {
  for (const text of ['1e', '1k1', '--1', '1.1i', '1mm'])
    expect(written(text)).toEqual({ problem: "unable to parse quantity's suffix" });
  expect(written('+.e-10')).toEqual({ problem: 'unable to parse numeric part of quantity' });
});

test('a quantity of more than 256 characters is left as it is', () => {
  const long = `${'1'.repeat(300)}000m`;
  expect(written(long)).toBe(long);
});
