import { expect, test } from 'vitest';
import { cellsOf, minutesAgo } from './helpers/cells.ts';

const template = { spec: { containers: [{ name: 'a', image: 'x:1' }] } };
const condition = (type: string) => ({ type, status: 'True' });

test('a job shows how long it ran', () => {
  const status = {
    succeeded: 2,
    conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
    startTime: minutesAgo(5),
    completionTime: minutesAgo(4),
  };
  const spec = { completions: 2, template, selector: { matchLabels: { job: 'web' } } };
  expect(cellsOf('Job', { spec, status })).toEqual(['web', 'Complete', '2/2', '60s', '5m', 'a', 'x:1', 'job=web']);
});

test.each([
  [{}, 'Running'],
  [{ conditions: [{ type: 'Complete', status: 'False' }] }, 'Running'],
  [{ conditions: [condition('FailureTarget')] }, 'FailureTarget'],
  [{ conditions: [condition('FailureTarget'), condition('Failed')] }, 'Failed'],
  [{ conditions: [condition('Suspended')] }, 'Suspended'],
])('a job with the status %j is %s', (status, expected) => {
  expect(cellsOf('Job', { spec: { template }, status })[1]).toBe(expected);
});

test('a job that is being deleted is terminating', () => {
  const metadata = { deletionTimestamp: minutesAgo(0) };
  expect(cellsOf('Job', { metadata, spec: { template }, status: {} })[1]).toBe('Terminating');
});

test.each([
  [{ completions: 3, parallelism: 2 }, '0/3'],
  [{ parallelism: 3 }, '0/1 of 3'],
  [{ parallelism: 1 }, '0/1'],
])('a job with %j shows its completions', (spec, expected) => {
  expect(cellsOf('Job', { spec: { ...spec, template } })[2]).toBe(expected);
});

test('a job that runs is timed until now, and one that has not begun is not timed', () => {
  expect(cellsOf('Job', { spec: { template }, status: { startTime: minutesAgo(3) } })[3]).toBe('3m');
  expect(cellsOf('Job', { spec: { template }, status: {} })[3]).toBe('');
});

test('a cron job shows its schedule and its last run', () => {
  const jobTemplate = { spec: { template } };
  const spec = { schedule: '0 1 * * *', timeZone: 'Europe/Berlin', suspend: true, jobTemplate };
  const status = { active: [{ name: 'web-1' }], lastScheduleTime: minutesAgo(60) };
  expect(cellsOf('CronJob', { spec, status })).toEqual([
    'web',
    '0 1 * * *',
    'Europe/Berlin',
    'True',
    1,
    '60m',
    '5m',
    'a',
    'x:1',
    '<none>',
  ]);
  expect(cellsOf('CronJob', { spec: { schedule: '* * * * *', suspend: false, jobTemplate } }).slice(2, 6)).toEqual([
    '<none>',
    'False',
    0,
    '<none>',
  ]);
});
