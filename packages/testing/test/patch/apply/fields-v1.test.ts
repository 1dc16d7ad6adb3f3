import { expect, test } from 'vitest';
import { FieldSet } from '../../../src/patch/apply/field-set.ts';
import { decodeFields, encodeFields } from '../../../src/patch/apply/fields-v1.ts';

test('writes steps in order: fields, items by keys, items of sets', () => {
  const fields = FieldSet.of([
    ['f:b', 'v:"x"'],
    ['f:b', 'k:{"port":443}'],
    ['f:b', 'k:{"port":80}'],
    ['f:b'],
    ['f:a', 'f:z'],
  ]);
  expect(JSON.stringify(encodeFields(fields))).toBe(
    '{"f:a":{"f:z":{}},"f:b":{".":{},"k:{\\"port\\":80}":{},"k:{\\"port\\":443}":{},"v:\\"x\\"":{}}}',
  );
});

test('reads what it writes', () => {
  const fields = FieldSet.of([['f:a'], ['f:a', 'f:b'], ['f:c', 'k:{"n":"x"}', 'f:n'], ['f:__proto__']]);
  const read = decodeFields(JSON.parse(JSON.stringify(encodeFields(fields))));
  expect([...read.paths()]).toEqual([...fields.paths()]);
});

test('brings keys into order and leaves out steps that it does not know', () => {
  const fields = decodeFields({ 'f:l': { 'k:{"b":1,"a":"x"}': {} }, 'q:new': {} });
  expect([...fields.paths()]).toEqual([['f:l', 'k:{"a":"x","b":1}']]);
});

test.each([[{ 'k:{': {} }], [{ 'k:1': {} }], [{ 'v:': {} }], ['text'], [null]])('refuses %j', (value) => {
  expect(() => decodeFields(value)).toThrow(SyntaxError);
});
