import { expect, test } from 'vitest';
import { FakeClock } from '../../src/clock/fake-clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { GroupedClock } from '../../src/runtime/grouped-clock.ts';

/** A grouped clock that notes what rings, each group in brackets. */
function grouped() {
  const clock = new FakeClock({ now: 0 });
  const rung: string[] = [];
  const around = (ring: () => void) => {
    rung.push('[');
    try {
      ring();
    } finally {
      rung.push(']');
    }
  };
  const shared = new GroupedClock({ clock, around });
  const set = (name: string, delayMs: number) => shared.setTimeout(() => rung.push(name), delayMs);
  return { clock, shared, set, said: () => rung.join(' ') };
}

test('alarms of one moment ring together, in the order in which they were set', () => {
  const { clock, set, said } = grouped();
  set('a', 10);
  set('later', 20);
  clock.advance(5);
  set('b', 5);
  set('soon', 1);
  set('c', 5);
  expect(clock.waiting).toBe(3);
  clock.advance(100);
  expect(said()).toBe('[ soon ] [ a b c ] [ later ]');
  expect(clock.waiting).toBe(0);
});

test('one function can wait twice for the same moment', () => {
  const { clock, shared } = grouped();
  let calls = 0;
  const count = () => {
    calls += 1;
  };
  const cancel = shared.setTimeout(count, 1);
  shared.setTimeout(count, 1);
  shared.setTimeout(count, 1);
  cancel();
  clock.advance(1);
  expect(calls).toBe(2);
});

test('a cancelled alarm does not ring, even if another one of its moment cancels it', () => {
  const { clock, shared, set, said } = grouped();
  set('a', 10)();
  expect(clock.waiting).toBe(0);
  shared.setTimeout(() => cancel(), 10);
  const cancel = set('b', 10);
  set('c', 10);
  clock.advance(10);
  expect(said()).toBe('[ c ]');
});

test('what is set while a moment rings makes a group of its own, though it is for the same moment', () => {
  const { clock, shared, set, said } = grouped();
  let cancelNew: (() => void) | undefined;
  const cancelOld = shared.setTimeout(() => {
    set('again', 0);
    cancelNew = set('never', 0);
  }, 10);
  set('a', 10);
  clock.advance(9);
  clock.advance(1);
  expect(said()).toBe('[ a ] [ again never ]');
  cancelOld();
  cancelNew?.();
  set('last', 1);
  clock.advance(1);
  expect(said()).toBe('[ a ] [ again never ] [ last ]');
});

test('an alarm that throws does not keep the others of its moment from ringing', () => {
  const { clock, shared, set, said } = grouped();
  const fail = (text: string) => () => {
    throw new Error(text);
  };
  shared.setTimeout(fail('one'), 10);
  set('a', 10);
  expect(() => clock.advance(10)).toThrow('one');
  shared.setTimeout(fail('two'), 10);
  shared.setTimeout(fail('three'), 10);
  set('b', 10);
  expect(() => clock.advance(10)).toThrow(AggregateError);
  expect(said()).toBe('[ a ] [ b ]');
});

test('moments that are overdue ring with the first of them, in their order', async () => {
  const rung: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const shared = new GroupedClock({
    clock: new SystemClock(),
    around(ring) {
      ring();
      rung.push('end');
      resolve();
    },
  });
  shared.setTimeout(() => rung.push('third'), 30);
  shared.setTimeout(() => rung.push('first'), 10);
  shared.setTimeout(() => rung.push('second'), 20);
  const until = Date.now() + 40;
  while (Date.now() < until);
  await promise;
  expect(rung).toEqual(['first', 'second', 'third', 'end']);
});
