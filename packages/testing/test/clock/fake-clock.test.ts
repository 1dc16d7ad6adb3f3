import { expect, test } from 'vitest';
import { FakeClock } from '../../src/clock/fake-clock.ts';

test('calls come in the order of their times, of one time in the order in which they were set', () => {
  const clock = new FakeClock({ now: 0 });
  const told: string[] = [];
  clock.setTimeout(() => told.push(`late ${clock.now()}`), 20);
  clock.setTimeout(() => told.push(`first ${clock.now()}`), 10);
  clock.setTimeout(() => told.push(`second ${clock.now()}`), 10);
  clock.advance(15);
  expect([told, clock.now(), clock.waiting]).toEqual([['first 10', 'second 10'], 15, 1]);
  clock.advance(5);
  expect(told).toEqual(['first 10', 'second 10', 'late 20']);
});

test('what a call sets is called, too, if it falls due', () => {
  const clock = new FakeClock({ now: 0 });
  const told: number[] = [];
  const again = (): void => {
    told.push(clock.now());
    clock.setTimeout(again, 10);
  };
  clock.setTimeout(again, 0);
  clock.advance(25);
  expect(told).toEqual([0, 10, 20]);
});

test('a call that was cancelled does not come', () => {
  const clock = new FakeClock({ now: 0 });
  let called = false;
  const cancel = clock.setTimeout(() => {
    called = true;
  }, 10);
  cancel();
  clock.advance(10);
  expect([called, clock.waiting]).toEqual([false, 0]);
});

test('the time never goes back', () => {
  const clock = new FakeClock({ now: 0 });
  expect(() => clock.advance(-1)).toThrow(RangeError);
  clock.setTimeout(() => clock.advance(100), 10);
  clock.advance(20);
  expect(clock.now()).toBe(110);
});
