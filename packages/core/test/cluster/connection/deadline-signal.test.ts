import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { DeadlineSignal } from '../../../src/cluster/connection/deadline-signal.ts';

test('any of the signals aborts it, with its reason', () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const deadline = new DeadlineSignal({ signals: [one.signal, undefined, other.signal] });
  other.abort(new Error('other'));
  expect(deadline.signal.reason).toMatchObject({ message: 'other' });
});

test('a signal that is aborted already aborts it at once', () => {
  const signal = AbortSignal.abort(new Error('before'));
  expect(new DeadlineSignal({ signals: [signal] }).signal.reason).toMatchObject({ message: 'before' });
});

test('the end of the time aborts it with the reason that was made for it', async () => {
  const limit = { timeoutMs: 1, onTimeout: () => new Error('late') };
  const { signal } = new DeadlineSignal({ signals: [], limit });
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  expect(signal.reason).toMatchObject({ message: 'late' });
});

test('another limit takes the place of the first', async () => {
  const deadline = new DeadlineSignal({ signals: [], limit: { timeoutMs: 1, onTimeout: () => new Error('first') } });
  deadline.restart({ timeoutMs: 2, onTimeout: () => new Error('second') });
  await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve));
  expect(deadline.signal.reason).toMatchObject({ message: 'second' });
});

test('once disposed it aborts no more and leaves no listener', () => {
  const controller = new AbortController();
  const deadline = new DeadlineSignal({ signals: [controller.signal] });
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  deadline.dispose();
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  controller.abort();
  expect(deadline.signal.aborted).toBe(false);
});
