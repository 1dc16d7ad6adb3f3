import { expect, test } from 'vitest';
import { Backoff } from '../../src/lifecycle/backoff.ts';

const ALMOST_ONE = 1 - 2 ** -40;

function draw(backoff: Backoff, count: number): number[] {
  return Array.from({ length: count }, () => backoff.next());
}

test('the ceiling doubles from 250 ms up to 15 s', () => {
  const backoff = new Backoff({ random: () => ALMOST_ONE });
  expect(draw(backoff, 9)).toEqual([249, 499, 999, 1999, 3999, 7999, 14_999, 14_999, 14_999]);
});

test('a wait is drawn evenly below the ceiling', () => {
  const numbers = [0, 0.5, 0.25];
  const backoff = new Backoff({ firstMs: 100, limitMs: 1000, random: () => numbers.shift() ?? 0 });
  expect(draw(backoff, 3)).toEqual([0, 100, 100]);
});

test('the limit also holds for the first wait', () => {
  expect(new Backoff({ firstMs: 1000, limitMs: 10, random: () => ALMOST_ONE }).next()).toBe(9);
});

test('after a success it begins anew', () => {
  const backoff = new Backoff({ random: () => ALMOST_ONE });
  draw(backoff, 5);
  expect(backoff.attempts).toBe(5);
  backoff.reset();
  expect(backoff.attempts).toBe(0);
  expect(backoff.next()).toBe(249);
});

test('stays at the limit after any number of failures', () => {
  const backoff = new Backoff({ random: () => ALMOST_ONE });
  expect(draw(backoff, 2000).at(-1)).toBe(14_999);
});

test('without a source of its own it draws from the usual one', () => {
  const waits = draw(new Backoff({ firstMs: 2 ** 30, limitMs: 2 ** 30 }), 8);
  expect(waits.every((ms) => ms >= 0 && ms < 2 ** 30)).toBe(true);
  expect(new Set(waits).size).toBeGreaterThan(1);
});
