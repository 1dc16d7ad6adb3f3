import { expect, test } from 'vitest';
import { podSummary } from '../../../src/api/tables/pod-status.ts';
import type { KubernetesObject } from '../../../src/state/kubernetes-object.ts';
import { minutesAgo, NOW } from './helpers/cells.ts';

interface PodFacts {
  readonly spec?: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
  readonly deleted?: boolean;
}

function summaryOf({ spec, status, deleted = false }: PodFacts): string {
  const metadata = { name: 'web', uid: 'u', resourceVersion: '1', creationTimestamp: '' };
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: deleted ? { ...metadata, deletionTimestamp: minutesAgo(0) } : metadata,
    spec: { containers: [{ name: 'a' }], ...spec },
    status: { phase: 'Running', ...status },
  };
  const { ready, status: shown, restarts } = podSummary(pod, NOW);
  return `${ready} ${shown} ${restarts}`;
}

const RUNNING = { running: {} };
const waiting = (reason?: string) => ({ waiting: reason === undefined ? {} : { reason } });
const ended = (exitCode: number, rest: { reason?: string; signal?: number } = {}) => ({
  terminated: { exitCode, ...rest },
});
const COMPLETED = ended(0, { reason: 'Completed' });
const container = (name: string, state: unknown, rest: Record<string, unknown> = {}) => ({ name, state, ...rest });
const restarted = (restartCount: number, minutes: number) => ({
  restartCount,
  lastState: { terminated: { finishedAt: minutesAgo(minutes) } },
});
const containers = (...containerStatuses: unknown[]) => ({ containerStatuses });

test.each<[string, PodFacts]>([
  ['0/1 Pending 0', { status: { phase: 'Pending' } }],
  ['1/1 Running 0', { status: containers(container('a', RUNNING, { ready: true })) }],
  ['1/1 Running 3', { status: containers(container('a', RUNNING, { ready: true, restartCount: 3 })) }],
  [
    '0/1 CrashLoopBackOff 3 (5m ago)',
    { status: containers(container('a', waiting('CrashLoopBackOff'), restarted(3, 5))) },
  ],
  ['0/1 Completed 0', { status: { phase: 'Succeeded', ...containers(container('a', COMPLETED)) } }],
  ['0/1 Error 0', { status: { phase: 'Failed', ...containers(container('a', ended(1, { reason: 'Error' }))) } }],
  ['0/1 OOMKilled 0', { status: containers(container('a', ended(137, { reason: 'OOMKilled' }))) }],
  ['0/1 Signal:9 0', { status: containers(container('a', ended(0, { signal: 9 }))) }],
  ['0/1 ExitCode:3 0', { status: containers(container('a', ended(3))) }],
  ['0/1 Evicted 0', { status: { phase: 'Failed', reason: 'Evicted' } }],
  [
    '0/1 SchedulingGated 0',
    { status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', reason: 'SchedulingGated' }] } },
  ],
  ['1/1 Terminating 0', { deleted: true, status: containers(container('a', RUNNING, { ready: true })) }],
  ['0/1 Completed 0', { deleted: true, status: { phase: 'Succeeded', ...containers(container('a', COMPLETED)) } }],
  ['0/1 Unknown 0', { deleted: true, status: { reason: 'NodeLost' } }],
])('a pod with one container is shown as %s', (expected, facts) => {
  expect(summaryOf(facts)).toBe(expected);
});

test.each([
  ['1/2 NotReady 0', [container('a', COMPLETED), container('b', RUNNING, { ready: true })], []],
  ['1/2 Running 0', [container('a', COMPLETED), container('b', RUNNING, { ready: true })], ['Ready']],
  ['0/2 ImagePullBackOff 0', [container('a', waiting('ImagePullBackOff')), container('b', ended(1))], []],
  [
    '1/2 ExitCode:1 5 (2m ago)',
    [container('a', RUNNING, { ready: true, ...restarted(2, 9) }), container('b', ended(1), restarted(3, 2))],
    [],
  ],
])('a pod with two containers is shown as %s', (expected, statuses, conditions) => {
  const status = { ...containers(...statuses), conditions: conditions.map((type) => ({ type, status: 'True' })) };
  expect(summaryOf({ spec: { containers: [{ name: 'a' }, { name: 'b' }] }, status })).toBe(expected);
});

test.each([
  ['0/1 Init:0/2 0', [container('i', RUNNING), container('j', waiting('PodInitializing'))]],
  ['0/1 Init:1/2 2 (4m ago)', [container('i', COMPLETED, restarted(2, 4)), container('j', waiting('PodInitializing'))]],
  ['0/1 Init:CrashLoopBackOff 2 (4m ago)', [container('i', waiting('CrashLoopBackOff'), restarted(2, 4))]],
  ['0/1 Init:Error 0', [container('i', ended(1, { reason: 'Error' }))]],
  ['0/1 Init:ExitCode:4 0', [container('i', ended(4))]],
  ['0/1 Init:Signal:9 0', [container('i', ended(2, { signal: 9 }))]],
  ['0/1 PodInitializing 0', [container('i', COMPLETED), container('j', COMPLETED)]],
])('a pod that initializes is shown as %s', (expected, initContainerStatuses) => {
  const spec = { initContainers: [{ name: 'i' }, { name: 'j' }] };
  const main = containers(container('a', waiting('PodInitializing')));
  expect(summaryOf({ spec, status: { phase: 'Pending', initContainerStatuses, ...main } })).toBe(expected);
});

test('restarts of init containers do not count once the pod has initialized', () => {
  const status = {
    conditions: [{ type: 'Initialized', status: 'True' }],
    initContainerStatuses: [container('i', RUNNING, restarted(4, 4))],
    ...containers(container('a', RUNNING, { ready: true, ...restarted(1, 2) })),
  };
  expect(summaryOf({ spec: { initContainers: [{ name: 'i' }] }, status })).toBe('1/1 Init:0/1 1 (2m ago)');
});

test('a sidecar counts among the containers, with its restarts', () => {
  const spec = { initContainers: [{ name: 's', restartPolicy: 'Always' }, { name: 'i' }] };
  const sidecar = container('s', RUNNING, { started: true, ready: true, ...restarted(2, 7) });
  const main = containers(container('a', RUNNING, { ready: true }));
  const running = { initContainerStatuses: [sidecar, container('i', COMPLETED)], ...main };
  expect(summaryOf({ spec, status: running })).toBe('2/2 Running 2 (7m ago)');
  const initializing = { initContainerStatuses: [sidecar, container('i', RUNNING)] };
  expect(summaryOf({ spec, status: initializing })).toBe('1/2 Init:1/2 2 (7m ago)');
  const starting = { initContainerStatuses: [container('s', RUNNING, { started: false })] };
  expect(summaryOf({ spec, status: starting })).toBe('0/2 Init:0/2 0');
});
