import { expect, test } from 'vitest';
import { cellsOf, minutesAgo } from './helpers/cells.ts';

const involvedObject = { kind: 'Pod', name: 'web-0', fieldPath: 'spec.containers{a}' };
const base = { type: 'Normal', reason: 'Started', message: ' hello \n' };

test('an event shows what happened, when and how often', () => {
  const source = { component: 'kubelet', host: 'node-1' };
  const times = { firstTimestamp: minutesAgo(9), lastTimestamp: minutesAgo(2), count: 5 };
  expect(cellsOf('Event', { ...base, ...times, involvedObject, source })).toEqual([
    ...['2m', 'Normal', 'Started', 'pod/web-0', 'spec.containers{a}', 'kubelet, node-1'],
    ...['hello', '9m', 5, 'web'],
  ]);
});

test('an event of the newer form is timed by its series, and counts once without one', () => {
  const event = { ...base, involvedObject, eventTime: minutesAgo(7), reportingComponent: 'sched', source: {} };
  const series = { count: 9, lastObservedTime: minutesAgo(1) };
  const shown = (facts: object) => [0, 5, 7, 8].map((index) => cellsOf('Event', { ...event, ...facts })[index]);
  expect(shown({ series })).toEqual(['60s', 'sched', '7m', 9]);
  expect(shown({ reportingInstance: 's-1' })).toEqual(['7m', 'sched, s-1', '7m', 1]);
});

test('an event without times and without the name of an object is shown', () => {
  const cells = cellsOf('Event', { ...base, involvedObject: { kind: 'Node' } });
  expect([cells[0], cells[3], cells[7]]).toEqual(['<unknown>', 'node', '<unknown>']);
});
