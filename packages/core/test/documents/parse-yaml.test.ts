import { expect, test } from 'vitest';
import { parseYaml, YamlInvalidError } from '../../src/documents/parse-yaml.ts';

const problem = (text: string, maxBytes = 1000): string => {
  try {
    parseYaml({ text, maxBytes });
  } catch (error) {
    expect(error).toBeInstanceOf(YamlInvalidError);
    return (error as Error).message;
  }
  throw new Error('it was parsed');
};

test('YAML and JSON become plain data', () => {
  expect(parseYaml({ text: 'a: [1, yes, "x"]\nb: {c: null}\n' })).toEqual({ a: [1, 'yes', 'x'], b: { c: null } });
  expect(parseYaml({ text: '{"a": "\\u00fc"}' })).toEqual({ a: 'ü' });
  expect(parseYaml({ text: '' })).toBeNull();
});

test('anchors and merge keys are followed', () => {
  expect(parseYaml({ text: 'base: &base {a: 1}\nmore: {<<: *base, b: 2}' })).toMatchObject({ more: { a: 1, b: 2 } });
});

test('a mistake is told by its place and kind, without the text around it', () => {
  const message = problem('token: "s3cret\nx: [1');
  expect(message).toMatch(/it is not valid YAML in line \d+, column \d+ \([a-z ]+\)/);
  expect(message).not.toContain('s3cret');
});

test.each(['a: 1\na: 2', 'a: 1\n---\nb: 2', '{"a": 1', 'a: @x'])('%j is not valid', (text) => {
  expect(problem(text)).toContain('not valid YAML');
});

test('an alias without an anchor is an error', () => {
  expect(problem('a: *nowhere')).toContain('alias');
});

test('aliases that multiply are stopped', () => {
  const level = (name: string, of: string): string => `${name}: &${name} [${Array(9).fill(`*${of}`).join(',')}]\n`;
  const text = `a: &a [x,x]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}${level('e', 'd')}`;
  expect(problem(text)).toContain('too many aliases');
});

test('a text over the limit is not parsed', () => {
  expect(problem('x'.repeat(101), 100)).toContain('larger than 100 bytes');
  expect(problem('ü'.repeat(51), 100)).toContain('larger than 100 bytes');
});

test('a key named __proto__ changes no prototype', () => {
  const parsed = parseYaml({ text: '__proto__: {polluted: true}' });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
});
