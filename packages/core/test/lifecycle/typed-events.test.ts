import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { TypedEvents } from '../../src/lifecycle/typed-events.ts';
import { type Logger, silentLogger } from '../../src/log/logger.ts';

interface Events {
  opened: { readonly port: number };
  closed: { readonly reason: string };
}

function createEvents(logger: Logger = silentLogger): TypedEvents<Events> {
  return new TypedEvents<Events>({ logger });
}

test('tells every listener of that event, in the order in which they came', () => {
  const heard: string[] = [];
  const events = createEvents();
  events.on('opened', ({ port }) => heard.push(`first ${port}`));
  events.on('closed', ({ reason }) => heard.push(`closed ${reason}`));
  events.on('opened', ({ port }) => heard.push(`second ${port}`));
  events.emit('opened', { port: 80 });
  expect(heard).toEqual(['first 80', 'second 80']);
});

test('nobody has to listen', () => {
  expect(() => createEvents().emit('opened', { port: 80 })).not.toThrow();
});

test('a listener that throws is reported, and harms neither the emitter nor the others', () => {
  const reports: unknown[] = [];
  const heard: number[] = [];
  const events = createEvents({ ...silentLogger, error: (...report) => reports.push(report) });
  events.on('opened', () => {
    throw new TypeError('a bug of the listener');
  });
  events.on('opened', ({ port }) => heard.push(port));
  events.emit('opened', { port: 80 });
  events.emit('opened', { port: 81 });
  expect(heard).toEqual([80, 81]);
  expect(reports).toEqual(
    Array.from({ length: 2 }, () => ['A listener of "opened" threw', { error: 'TypeError: a bug of the listener' }]),
  );
});

test('a subscription ends when it is disposed, twice or by its block', () => {
  const heard: number[] = [];
  const events = createEvents();
  const subscription = events.on('opened', ({ port }) => heard.push(port));
  events.emit('opened', { port: 1 });
  subscription.dispose();
  subscription.dispose();
  events.emit('opened', { port: 2 });
  {
    using _listening = events.on('opened', ({ port }) => heard.push(port));
    events.emit('opened', { port: 3 });
  }
  events.emit('opened', { port: 4 });
  expect(heard).toEqual([1, 3]);
});

test('ending one subscription leaves the others, also of the same listener', () => {
  const heard: number[] = [];
  const events = createEvents();
  const listener = ({ port }: Events['opened']): void => void heard.push(port);
  const first = events.on('opened', listener);
  events.on('opened', listener);
  first.dispose();
  events.emit('opened', { port: 1 });
  expect(heard).toEqual([1]);
});

test('a subscription ends with its signal, and leaves no listener on it', () => {
  const heard: number[] = [];
  const events = createEvents();
  const controller = new AbortController();
  events.on('opened', ({ port }) => heard.push(port), { signal: controller.signal });
  events.emit('opened', { port: 1 });
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort();
  events.emit('opened', { port: 2 });
  expect(heard).toEqual([1]);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('disposing leaves no listener on the signal', () => {
  const { signal } = new AbortController();
  createEvents()
    .on('opened', () => undefined, { signal })
    .dispose();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a signal that has aborted before subscribes nobody', () => {
  const heard: number[] = [];
  const events = createEvents();
  using _none = events.on('opened', ({ port }) => heard.push(port), { signal: AbortSignal.abort() });
  events.emit('opened', { port: 1 });
  expect(heard).toEqual([]);
});

test('a listener may end its subscription, and another may begin, while an event is told', () => {
  const heard: string[] = [];
  const events = createEvents();
  const once = events.on('opened', () => {
    heard.push('once');
    once.dispose();
    events.on('opened', () => heard.push('new'));
  });
  events.on('opened', () => heard.push('always'));
  events.emit('opened', { port: 1 });
  events.emit('opened', { port: 2 });
  expect(heard).toEqual(['once', 'always', 'always', 'new']);
});

test('clearing forgets every listener', () => {
  const heard: unknown[] = [];
  const events = createEvents();
  events.on('opened', (event) => heard.push(event));
  events.on('closed', (event) => heard.push(event));
  events.clear();
  events.emit('opened', { port: 80 });
  events.emit('closed', { reason: 'over' });
  expect(heard).toEqual([]);
});

test('clearing leaves no listener on a signal', () => {
  const { signal } = new AbortController();
  const events = createEvents();
  events.on('opened', () => undefined, { signal });
  events.clear();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
