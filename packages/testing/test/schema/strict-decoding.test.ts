import { expect, test } from 'vitest';
import { strictDecodingError, strictDecodingText, unknownFieldWarnings } from '../../src/schema/strict-decoding.ts';

// The texts are those of a Kubernetes 1.34.
test('the refusal of unknown fields is worded as the real server words it', () => {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment' };
  expect(strictDecodingError({ object, fields: ['metadata.foo', 'spec2'] }).toStatus()).toMatchObject({
    code: 400,
    reason: 'BadRequest',
    message:
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "metadata.foo", unknown field "spec2"',
  });
  const core = { apiVersion: 'v1', kind: 'Pod' };
  expect(strictDecodingError({ object: core, fields: ['x'] }).message).toContain('Pod in version "v1"');
});

test('a path is quoted as Go quotes it', () => {
  expect(strictDecodingText(['spec.u"x\\y\n', 'spec.cé\x01'])).toBe(
    'strict decoding error: unknown field "spec.u\\"x\\\\y\\n", unknown field "spec.cé\\x01"',
  );
});

test('a warning quotes the text once more and is in UTF-8', () => {
  const [warning = ''] = unknownFieldWarnings(['spec.a"b\\cé\x01']);
  expect(Buffer.from(warning, 'latin1').toString('utf8')).toBe(
    String.raw`299 - "unknown field \"spec.a\\\"b\\\\cé\\x01\""`,
  );
  expect(unknownFieldWarnings(['spec.foo'])).toEqual([String.raw`299 - "unknown field \"spec.foo\""`]);
});

// The figures are those of a Kubernetes 1.34 for the same names.
test('long warnings are cut and the last left out only if they are too long together', () => {
  const named = (count: number, padding: number) =>
    Array.from({ length: count }, (_, index) => `z${index}${'x'.repeat(padding)}`);
  const lengthsOf = (fields: readonly string[]) => unknownFieldWarnings(fields).map(({ length }) => length);
  expect(lengthsOf(named(3, 290))).toEqual([318, 318, 318]);
  expect(new Set(lengthsOf(named(90, 290)))).toEqual(new Set([265]));
  expect(lengthsOf(named(90, 290))).toHaveLength(16);
  expect(lengthsOf(named(100, 90))).toHaveLength(38);
});
