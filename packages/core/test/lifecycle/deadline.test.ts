import { getEventListeners } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { delay, untilAborted } from '../../src/lifecycle/deadline.ts';

afterEach(() => {
  vi.useRealTimers();
});

const never = (): Promise<never> => new Promise(() => undefined);

test('hands on what the work says, with and without a signal', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(1), undefined)).toBe(1);
  expect(await untilAborted(Promise.resolve(2), signal)).toBe(2);
  await expect(untilAborted(Promise.reject(new Error('no')), undefined)).rejects.toThrow('no');
  await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('rejects with the reason as soon as the signal aborts', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const waiting = untilAborted(never(), controller.signal);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('a signal that has aborted before wins, and the work may still fail unheard', async () => {
  const failing = Promise.withResolvers<never>();
  const reason = new Error('too late');
  await expect(untilAborted(failing.promise, AbortSignal.abort(reason))).rejects.toBe(reason);
  failing.reject(new Error('nobody is interested'));
});

test('work that fails after the abort is no unhandled rejection', async () => {
  const failing = Promise.withResolvers<never>();
  const controller = new AbortController();
  const waiting = untilAborted(failing.promise, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  failing.reject(new Error('nobody is interested'));
});

test('a delay ends after its time', async () => {
  vi.useFakeTimers();
  const { signal } = new AbortController();
  let isOver = false;
  const waiting = delay({ ms: 1000, signal }).then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a delay that is aborted rejects with the reason, and leaves no timer and no listener', async () => {
  vi.useFakeTimers();
  const controller = new AbortController();
  const waiting = delay({ ms: 60_000, signal: controller.signal });
  expect(vi.getTimerCount()).toBe(1);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('a delay after the abort does not begin', async () => {
  vi.useFakeTimers();
  await expect(delay({ ms: 60_000, signal: AbortSignal.abort(new Error('over')) })).rejects.toThrow('over');
  expect(vi.getTimerCount()).toBe(0);
});
