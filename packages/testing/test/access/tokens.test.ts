import { expect, test } from 'vitest';
import { issueListedTokens } from '../../src/access/issue-listed-tokens.ts';
import { Tokens } from '../../src/access/tokens.ts';
import { FakeClock } from '../../src/clock/fake-clock.ts';

test('a token stands for its user until it expires', () => {
  const clock = new FakeClock();
  const tokens = new Tokens({ clock });
  const { token, expiresAt } = tokens.issue({ user: 'jane', groups: ['devs'], uid: '7', lifetimeMs: 60_000 });
  expect(expiresAt).toBe(clock.now() + 60_000);
  clock.advance(59_999);
  expect(tokens.find(token)).toMatchObject({ name: 'jane', groups: ['devs', 'system:authenticated'], uid: '7' });
  clock.advance(1);
  expect(tokens.find(token)).toBeUndefined();
});

test('a token without a lifetime does not expire', () => {
  const clock = new FakeClock();
  const tokens = new Tokens({ clock });
  const issued = tokens.issue({ user: 'jane' });
  clock.advance(1e12);
  expect(issued).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) as unknown });
  expect(tokens.find(issued.token)?.name).toBe('jane');
});

test('a revoked token is worth nothing', () => {
  const tokens = new Tokens({ clock: new FakeClock() });
  const [first, second, third] = ['a', 'b', 'c'].map((user) => tokens.issue({ user }).token) as [
    string,
    string,
    string,
  ];
  expect(tokens.revoke(first)).toBe(true);
  expect(tokens.revoke(first)).toBe(false);
  expect([first, second, third].map((token) => tokens.find(token)?.name)).toEqual([undefined, 'b', 'c']);
  tokens.revokeAll();
  expect([second, third].map((token) => tokens.find(token))).toEqual([undefined, undefined]);
});

test('a token counts as long as what it depends on', () => {
  const tokens = new Tokens({ clock: new FakeClock() });
  let exists = true;
  const { token } = tokens.issue({ user: 'robot', isValid: () => exists });
  expect(tokens.find(token)?.name).toBe('robot');
  exists = false;
  expect(tokens.find(token)).toBeUndefined();
});

test('a chosen token can be used once it has expired, not before', () => {
  const clock = new FakeClock();
  const tokens = new Tokens({ clock });
  tokens.issue({ user: 'jane', token: 'mine', lifetimeMs: 10 });
  expect(() => tokens.issue({ user: 'joe', token: 'mine' })).toThrow('This token is accepted already');
  clock.advance(10);
  tokens.issue({ user: 'joe', token: 'mine' });
  expect(tokens.find('mine')?.name).toBe('joe');
});

test.each(['', 'two words', 'line\nbreak', 'umläut'])('the token %j is refused: no header can carry it', (token) => {
  expect(() => new Tokens({ clock: new FakeClock() }).issue({ user: 'jane', token })).toThrow(TypeError);
});

test.each([0, -1, Number.NaN])('a lifetime of %d ms is refused', (lifetimeMs) => {
  expect(() => new Tokens({ clock: new FakeClock() }).issue({ user: 'jane', lifetimeMs })).toThrow(RangeError);
});

test('the users of listed tokens are named after their places and may do everything', () => {
  const tokens = new Tokens({ clock: new FakeClock() });
  issueListedTokens(tokens, ['first', 'second', 'first', 'fourth']);
  expect(tokens.find('first')).toMatchObject({ name: 'token-1', groups: ['system:masters', 'system:authenticated'] });
  expect(['second', 'fourth'].map((token) => tokens.find(token)?.name)).toEqual(['token-2', 'token-4']);
});
