import { expect, test } from 'vitest';
import { RECEIVE_BUDGET, ReceiveBuffer } from '../../src/transport/receive-buffer.ts';

/** Takes up to `count` chunks. */
function take(buffer: ReceiveBuffer, count: number = Number.POSITIVE_INFINITY): Buffer[] {
  const taken: Buffer[] = [];
  buffer.flush({ isWanted: () => taken.length < count, deliver: (chunk) => taken.push(chunk) });
  return taken;
}

test('gives bytes back in the order in which they came', () => {
  const buffer = new ReceiveBuffer();
  expect(buffer.isEmpty).toBe(true);
  for (const text of ['one', 'two', 'three']) buffer.push(Buffer.from(text));
  expect(buffer.isEmpty).toBe(false);
  expect(take(buffer).map(String)).toEqual(['one', 'two', 'three']);
  expect(buffer.isEmpty).toBe(true);
  expect(take(buffer)).toEqual([]);
});

test('stops when no more is wanted, and goes on there', () => {
  const buffer = new ReceiveBuffer();
  for (const text of ['one', 'two', 'three']) buffer.push(Buffer.from(text));
  expect(take(buffer, 2).map(String)).toEqual(['one', 'two']);
  expect(take(buffer, 0)).toEqual([]);
  expect(take(buffer).map(String)).toEqual(['three']);
});

test('is full with 1 MiB, and no longer when one piece is taken', () => {
  const buffer = new ReceiveBuffer();
  buffer.push(Buffer.alloc(RECEIVE_BUDGET - 1024));
  expect(buffer.isFull).toBe(false);
  buffer.push(Buffer.alloc(1024));
  expect(buffer.isFull).toBe(true);
  take(buffer, 1);
  expect(buffer.isFull).toBe(false);
  expect(RECEIVE_BUDGET).toBe(1024 * 1024);
});

test('many small pieces fill it too, and are handed on without delay', () => {
  const buffer = new ReceiveBuffer();
  let pieces = 0;
  for (; !buffer.isFull; pieces++) buffer.push(Buffer.of(1));
  expect(pieces).toBeLessThan(5000);
  expect(take(buffer)).toHaveLength(pieces);
});

test('keeps what came beyond the budget: it only says that it is full', () => {
  const buffer = new ReceiveBuffer();
  for (let i = 0; i < 3; i++) buffer.push(Buffer.alloc(RECEIVE_BUDGET));
  expect(take(buffer).map(({ length }) => length)).toEqual([RECEIVE_BUDGET, RECEIVE_BUDGET, RECEIVE_BUDGET]);
  expect(buffer.isFull).toBe(false);
});

test('forgets everything when it is cleared', () => {
  const buffer = new ReceiveBuffer();
  buffer.push(Buffer.alloc(RECEIVE_BUDGET));
  buffer.clear();
  expect(buffer.isEmpty).toBe(true);
  expect(buffer.isFull).toBe(false);
  expect(take(buffer)).toEqual([]);
});
