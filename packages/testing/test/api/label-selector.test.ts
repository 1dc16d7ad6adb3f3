import { expect, test } from 'vitest';
import { parseLabelSelector } from '../../src/api/label-selector.ts';
import { StatusError } from '../../src/errors/status-error.ts';

const WEB = { app: 'web', tier: 'front', rank: '7', empty: '' };

test.each([
  ['', true],
  ['app=web', true],
  ['app==web', true],
  ['app = web', true],
  ['app=api', false],
  ['app!=api', true],
  ['app!=web', false],
  ['missing!=x', true],
  ['app in (web, api)', true],
  ['app in (api)', false],
  ['missing in (web)', false],
  ['app notin (api,db)', true],
  ['app notin (web)', false],
  ['missing notin (web)', true],
  ['app', true],
  ['missing', false],
  ['!missing', true],
  ['! app', false],
  ['rank>6', true],
  ['rank>7', false],
  ['rank<8', true],
  ['missing<8', false],
  ['empty=', true],
  ['app=', false],
  ['empty in (,x)', true],
  ['app=web,tier in (front,back),!gone,rank>1', true],
  ['app=web,tier=back', false],
])('the label selector "%s" selects: %s', (text, expected) => {
  expect(parseLabelSelector(text)(WEB)).toBe(expected);
});

test('a key may have a prefix, dots and dashes', () => {
  const selects = parseLabelSelector('app.kubernetes.io/name=web-1,kubernetes.io/x notin (a.b)');
  expect(selects({ 'app.kubernetes.io/name': 'web-1' })).toBe(true);
});

test.each([
  'app in web',
  'app in (web',
  'app=(',
  '=web',
  'app web',
  'app=web,',
  ',',
  'a!b',
  'app in (a b)',
  'rank>six',
])('the label selector "%s" is refused with 400', (text) => {
  expect(() => parseLabelSelector(text)).toThrow(expect.objectContaining({ code: 400, reason: 'BadRequest' }));
});

test('a label selector that is endless is refused', () => {
  expect(() => parseLabelSelector('a,'.repeat(20_000))).toThrow(StatusError);
});

test('labels named like properties of every object are not there unless they are', () => {
  expect(parseLabelSelector('constructor')({})).toBe(false);
  expect(parseLabelSelector('!toString')({})).toBe(true);
});
