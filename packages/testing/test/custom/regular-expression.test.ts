import { expect, test } from 'vitest';
import { regularExpression } from '../../src/custom/regular-expression.ts';

test.each([
  ['(?i)^abc$', 'ABC', 'abcd'],
  ['\\Aabc\\z', 'abc', 'xabc'],
  ['^(?P<name>a+)$', 'aa', 'b'],
  ['^[[:alpha:]]+$', 'ab', 'a1'],
  ['^[\\w-.]+$', 'a-b.c', 'a b'],
  ['^\\p{Lu}$', 'Ä', 'ä'],
])('%s matches %s and not %s, as in Go', (pattern, right, wrong) => {
  const expression = regularExpression(pattern);
  expect([expression.test(right), expression.test(wrong)]).toEqual([true, false]);
});

test('what JavaScript does not have is refused', () => {
  expect(() => regularExpression('^(?U)a$')).toThrow(SyntaxError);
});
