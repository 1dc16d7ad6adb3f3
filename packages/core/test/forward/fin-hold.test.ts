import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FinHold } from '../../src/forward/fin-hold.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Pod {
  lastReceivedAt: number;
  isDelivering: boolean;
}

function holdFor(holdMs: number): { readonly hold: FinHold; readonly pod: Pod; readonly onSilence: () => void } {
  const pod: Pod = { lastReceivedAt: performance.now(), isDelivering: false };
  const onSilence = vi.fn();
  const hold = new FinHold({
    holdMs,
    lastReceivedAt: () => pod.lastReceivedAt,
    isDelivering: () => pod.isDelivering,
    onSilence,
  });
  return { hold, pod, onSilence };
}

test('passes the end on at once when there is nothing to hold', () => {
  const { hold, onSilence } = holdFor(0);
  hold.start();
  expect(onSilence).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('passes the end on after the pod was silent for so long', () => {
  const { hold, onSilence } = holdFor(500);
  hold.start();
  vi.advanceTimersByTime(499);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onSilence).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('holds on while the pod sends, and counts the silence from its last byte', () => {
  const { hold, pod, onSilence } = holdFor(500);
  hold.start();
  for (let answer = 0; answer < 20; answer++) {
    vi.advanceTimersByTime(310);
    pod.lastReceivedAt = performance.now();
  }
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(499);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onSilence).toHaveBeenCalledOnce();
});

test('holds on while the local program still reads what the pod sent', () => {
  const { hold, pod, onSilence } = holdFor(500);
  pod.isDelivering = true;
  hold.start();
  vi.advanceTimersByTime(60_000);
  expect(onSilence).not.toHaveBeenCalled();
  pod.isDelivering = false;
  vi.advanceTimersByTime(500);
  expect(onSilence).toHaveBeenCalledOnce();
});

test('passes nothing on once the connection is over, and leaves no timer', () => {
  const { hold, onSilence } = holdFor(500);
  hold.start();
  hold.cancel();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(60_000);
  expect(onSilence).not.toHaveBeenCalled();
});

test('may be cancelled before it was started, and twice', () => {
  const { hold } = holdFor(500);
  hold.cancel();
  hold.cancel();
  expect(vi.getTimerCount()).toBe(0);
});
