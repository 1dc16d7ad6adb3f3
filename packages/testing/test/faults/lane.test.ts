import { expect, test } from 'vitest';
import { FakeClock } from '../../src/clock/fake-clock.ts';
import { Lane } from '../../src/faults/lane.ts';

/** A lane and what came out of it. */
function lane(clock = new FakeClock()) {
  const out: string[] = [];
  const done: string[] = [];
  const waiting: (() => void)[] = [];
  const state = { slow: false };
  const made = new Lane({
    clock,
    pass: (bytes, ready) => {
      out.push(bytes.toString());
      if (state.slow) waiting.push(ready);
      else ready();
    },
    end: () => out.push('(end)'),
    cut: () => out.push('(cut)'),
  });
  const take = (text: string): void => made.take(Buffer.from(text), () => done.push(text));
  return { lane: made, out, done, waiting, state, take, clock };
}

test('without a shape everything passes at once', () => {
  const { lane: it, out, done, take } = lane();
  take('a');
  take('b');
  it.takeEnd();
  expect([out, done]).toEqual([
    ['a', 'b', '(end)'],
    ['a', 'b'],
  ]);
});

test('a delay keeps the order and the distances, and holds nobody back', () => {
  const { lane: it, out, done, take, clock } = lane();
  it.shape({ delayMs: 100 });
  take('a');
  clock.advance(60);
  take('b');
  it.takeEnd();
  expect([out, done]).toEqual([[], ['a', 'b']]);
  clock.advance(40);
  expect(out).toEqual(['a']);
  clock.advance(59);
  expect(out).toEqual(['a']);
  clock.advance(1);
  expect(out).toEqual(['a', 'b', '(end)']);
});

test('a delay holds back who sends more than a mebibyte meanwhile', () => {
  const { lane: it, done, take, clock } = lane();
  it.shape({ delayMs: 100 });
  take('x'.repeat(1024 * 1024));
  take('y');
  expect(done).toHaveLength(1);
  clock.advance(100);
  expect([done.length, it.heldBytes]).toEqual([2, 0]);
});

test('a block holds the end too, and loses nothing', () => {
  const { lane: it, out, done, take } = lane();
  const shape = { blocked: true };
  it.shape(shape);
  take('a');
  it.takeEnd();
  expect([out, done]).toEqual([[], []]);
  it.unshape(shape);
  expect([out, done]).toEqual([['a', '(end)'], ['a']]);
});

test('a limit lets so many bytes a second pass', () => {
  const { lane: it, out, done, take, clock } = lane();
  it.shape({ bytesPerSecond: 100 });
  take('0123456789');
  expect([out, done]).toEqual([['01'], []]);
  clock.advance(39);
  expect(out.join('')).toBe('0123');
  clock.advance(41);
  expect([out.join(''), done]).toEqual(['0123456789', ['0123456789']]);
  take('a');
  clock.advance(10_000);
  take('bcdef');
  expect(out.join('')).toBe('0123456789abc');
});

test('a cut comes after exactly so many bytes, and nothing passes it', () => {
  const { lane: it, out, take } = lane();
  take('before');
  it.shape({ cutAfterBytes: 5 });
  take('abc');
  take('defg');
  take('h');
  it.takeEnd();
  expect(out).toEqual(['before', 'abc', 'de', '(cut)']);
});

test('a cut waits until what came before has passed', () => {
  const { lane: it, out, waiting, state, take } = lane();
  state.slow = true;
  it.shape({ cutAfterBytes: 1 });
  take('ab');
  expect(out).toEqual(['a']);
  waiting[0]?.();
  expect(out).toEqual(['a', '(cut)']);
});

test('several shapes add up, and leave one by one', () => {
  const { lane: it, out, take, clock } = lane();
  const [delay, block] = [{ delayMs: 100 }, { blocked: true }];
  it.shape(delay);
  it.shape({ delayMs: 50 });
  it.shape(block);
  take('a');
  clock.advance(1000);
  expect(out).toEqual([]);
  it.unshape(block);
  expect(out).toEqual(['a']);
  take('b');
  it.unshape(delay);
  clock.advance(49);
  expect(out).toEqual(['a']);
  clock.advance(1);
  expect(out).toEqual(['a', 'b']);
});

test('a lane that is closed leaves no timer and passes nothing', () => {
  const { lane: it, out, take, clock } = lane();
  it.shape({ delayMs: 100 });
  take('a');
  expect(clock.waiting).toBe(1);
  it.close();
  clock.advance(1000);
  expect([out, clock.waiting, it.heldBytes]).toEqual([[], 0, 0]);
});

test('ten thousand small pieces need no deep stack', () => {
  const { lane: it, out, take } = lane();
  const block = { blocked: true };
  it.shape(block);
  for (let index = 0; index < 10_000; index += 1) take('x');
  it.unshape(block);
  expect(out).toHaveLength(10_000);
});
