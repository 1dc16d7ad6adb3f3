import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withTimeLimit } from '../../src/lifecycle/time-limit.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const onTimeout = (): Error => new Error('out of time');
const never = (): Promise<never> => new Promise(() => undefined);

test('hands on what the work says, and leaves no timer and no listener', async () => {
  const { signal } = new AbortController();
  expect(await withTimeLimit({ timeoutMs: 1000, onTimeout, signal }, async () => 'done')).toBe('done');
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test.each([
  ['rejects', () => Promise.reject(new Error('no'))],
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
])('work that %s leaves no timer and no listener', async (_how, work: () => Promise<never>) => {
  const { signal } = new AbortController();
  await expect(withTimeLimit({ timeoutMs: 1000, onTimeout, signal }, work)).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('work that does not listen is left behind when its time is over', async () => {
  const { signal } = new AbortController();
  const limited = withTimeLimit({ timeoutMs: 1000, onTimeout, signal }, never);
  const rejection = expect(limited).rejects.toThrow('out of time');
  await vi.advanceTimersByTimeAsync(1000);
  await rejection;
  expect(signal.aborted).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('the work is told by its signal when its time is over', async () => {
  const seen = Promise.withResolvers<AbortSignal>();
  const limited = withTimeLimit({ timeoutMs: 1000, onTimeout }, (signal) => {
    seen.resolve(signal);
    return never();
  });
  const rejection = expect(limited).rejects.toThrow('out of time');
  const signal = await seen.promise;
  await vi.advanceTimersByTimeAsync(999);
  expect(signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await rejection;
  expect(signal.reason).toEqual(new Error('out of time'));
});

test("the caller's abort ends the work with the caller's reason", async () => {
  const controller = new AbortController();
  const seen = Promise.withResolvers<AbortSignal>();
  const limited = withTimeLimit({ timeoutMs: 1000, onTimeout, signal: controller.signal }, (signal) => {
    seen.resolve(signal);
    return never();
  });
  const rejection = expect(limited).rejects.toThrow('enough');
  const signal = await seen.promise;
  controller.abort(new Error('enough'));
  await rejection;
  expect(signal.reason).toEqual(new Error('enough'));
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('does not begin after the abort', async () => {
  const work = vi.fn(never);
  const options = { timeoutMs: 1000, onTimeout, signal: AbortSignal.abort(new Error('over')) };
  await expect(withTimeLimit(options, work)).rejects.toThrow('over');
  expect(work).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('work that fails after its time is no unhandled rejection', async () => {
  const failing = Promise.withResolvers<never>();
  const limited = withTimeLimit({ timeoutMs: 1000, onTimeout }, () => failing.promise);
  const rejection = expect(limited).rejects.toThrow('out of time');
  await vi.advanceTimersByTimeAsync(1000);
  await rejection;
  failing.reject(new Error('nobody is interested'));
});
