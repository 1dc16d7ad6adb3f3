import { expect, test } from 'vitest';
import { runGarbageCollector } from '../../src/controllers/garbage-collector.ts';
import { runJobController } from '../../src/controllers/job-controller.ts';
import { ControlledCluster, conditionsOf, template } from './helpers/controlled-cluster.ts';

function cluster(): ControlledCluster {
  return new ControlledCluster({
    run(context) {
      runJobController(context);
      runGarbageCollector(context);
    },
  });
}

function job(spec: Readonly<Record<string, unknown>> = {}) {
  const { metadata, spec: podSpec } = template('job');
  return { name: 'once', spec: { template: { metadata, spec: { ...podSpec, restartPolicy: 'Never' } }, ...spec } };
}

function endFirst(jobs: ControlledCluster, phase: 'Succeeded' | 'Failed'): void {
  const pod = jobs.pods().find(({ status }) => status.phase === 'Running');
  if (!pod) throw new Error('No pod runs');
  jobs.setStatus(pod, { ...pod.status, phase, conditions: [] });
}

test('a job gets a selector of its own, and a pod with its labels', () => {
  using jobs = cluster();
  const { uid } = jobs.add('batch/v1', 'Job', job()).metadata;
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': 'once',
    'controller-uid': uid,
    'job-name': 'once',
  };
  expect(jobs.get('Job', 'once')).toMatchObject({
    metadata: { labels },
    spec: { selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } } },
    status: { active: 1, ready: 1, terminating: 0, uncountedTerminatedPods: {}, startTime: '2030-01-01T00:00:00Z' },
  });
  expect(jobs.pods().map(({ metadata }) => metadata.labels)).toEqual([{ app: 'job', ...labels }]);
});

test('a job whose pod succeeds is complete', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job());
  jobs.clock.advance(4000);
  endFirst(jobs, 'Succeeded');
  const now = '2030-01-01T00:00:04Z';
  const told = {
    status: 'True',
    reason: 'CompletionsReached',
    message: 'Reached expected number of succeeded pods',
    lastProbeTime: now,
    lastTransitionTime: now,
  };
  expect(jobs.get('Job', 'once').status).toEqual({
    startTime: '2030-01-01T00:00:00Z',
    completionTime: now,
    succeeded: 1,
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
    conditions: [
      { type: 'SuccessCriteriaMet', ...told },
      { type: 'Complete', ...told },
    ],
  });
  expect(jobs.events('once').at(-1)).toBe('Completed: Job completed');
  expect(jobs.pods()).toHaveLength(1);
});

test('a job without retries fails with its first pod', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job({ backoffLimit: 0 }));
  endFirst(jobs, 'Failed');
  expect(jobs.get('Job', 'once').status).toMatchObject({ failed: 1, ready: 0 });
  expect(conditionsOf(jobs.get('Job', 'once'))).toEqual([
    'Failed True BackoffLimitExceeded',
    'FailureTarget True BackoffLimitExceeded',
  ]);
  expect(jobs.events('once').at(-1)).toBe('BackoffLimitExceeded: Job has reached the specified backoff limit');
  expect(jobs.clock.waiting).toBe(0);
});

test('after each failure a job waits longer before it tries again', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job());
  const waits: number[] = [];
  for (let failures = 1; failures <= 3; failures += 1) {
    endFirst(jobs, 'Failed');
    let seconds = 0;
    while (jobs.pods().length === failures) {
      jobs.clock.advance(1000);
      seconds += 1;
    }
    waits.push(seconds);
  }
  expect(waits).toEqual([10, 20, 40]);
});

test('a job runs as many pods at once as it may until enough have succeeded', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job({ completions: 3, parallelism: 2 }));
  const running = () => jobs.pods().filter(({ status }) => status.phase === 'Running').length;
  const seen = [running()];
  for (let done = 1; done <= 3; done += 1) {
    endFirst(jobs, 'Succeeded');
    seen.push(running());
  }
  expect(seen).toEqual([2, 2, 1, 0]);
  expect(jobs.get('Job', 'once').status).toMatchObject({ succeeded: 3 });
});

test('an indexed job gives each pod its number', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job({ completions: 4, parallelism: 2, completionMode: 'Indexed' }));
  const [first] = jobs.pods();
  expect(first).toMatchObject({
    metadata: {
      name: expect.stringMatching(/^once-0-/) as string,
      labels: { 'batch.kubernetes.io/job-completion-index': '0' },
      annotations: { 'batch.kubernetes.io/job-completion-index': '0' },
    },
    spec: { hostname: 'once-0', containers: [{ env: [{ name: 'JOB_COMPLETION_INDEX' }] }] },
  });
  for (const name of ['once-0-', 'once-1-', 'once-2-']) {
    const pod = jobs.pods().find(({ metadata }) => metadata.generateName === name);
    if (pod) jobs.setStatus(pod, { phase: 'Succeeded' });
  }
  expect(jobs.get('Job', 'once').status).toMatchObject({ succeeded: 3, completedIndexes: '0-2', active: 1 });
});

test('a job that takes too long fails, and its pods are ended', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job({ activeDeadlineSeconds: 60 }));
  jobs.clock.advance(60_000);
  expect(jobs.pods()).toEqual([]);
  expect(conditionsOf(jobs.get('Job', 'once'))).toContain('Failed True DeadlineExceeded');
  expect(jobs.get('Job', 'once').status).toMatchObject({ failed: 1 });
});

test('a suspended job has no pods until it is resumed', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job());
  jobs.specify('Job', 'once', { suspend: true });
  expect(jobs.pods()).toEqual([]);
  expect(jobs.get('Job', 'once').status).toMatchObject({ startTime: '2030-01-01T00:00:00Z' });
  expect(jobs.get('Job', 'once').status).not.toHaveProperty('failed');
  expect(conditionsOf(jobs.get('Job', 'once'))).toEqual(['Suspended True JobSuspended']);
  jobs.clock.advance(5000);
  jobs.specify('Job', 'once', { suspend: false });
  expect(jobs.pods()).toHaveLength(1);
  expect(jobs.get('Job', 'once').status).toMatchObject({ active: 1, startTime: '2030-01-01T00:00:05Z' });
});

test('a job goes with its pods when its time after the end is over', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job({ ttlSecondsAfterFinished: 30 }));
  endFirst(jobs, 'Succeeded');
  jobs.clock.advance(29_000);
  expect(jobs.names('Job')).toEqual(['once']);
  jobs.clock.advance(1000);
  expect([...jobs.names('Job'), ...jobs.names('Pod')]).toEqual([]);
});

test('a pod that succeeded counts also after it is deleted', () => {
  using jobs = cluster();
  jobs.add('batch/v1', 'Job', job({ completions: 2 }));
  endFirst(jobs, 'Succeeded');
  const done = jobs.pods().find(({ status }) => status.phase === 'Succeeded');
  jobs.delete('Pod', done?.metadata.name ?? '');
  endFirst(jobs, 'Succeeded');
  expect(conditionsOf(jobs.get('Job', 'once'))).toContain('Complete True CompletionsReached');
});

test('restarts of a container count where a pod is restarted in its place', () => {
  using jobs = cluster();
  const { metadata, spec } = template('job');
  const onFailure = { metadata, spec: { ...spec, restartPolicy: 'OnFailure' } };
  jobs.add('batch/v1', 'Job', job({ backoffLimit: 1, template: onFailure }));
  const [pod] = jobs.pods();
  if (pod) jobs.setStatus(pod, { ...pod.status, containerStatuses: [{ name: 'main', restartCount: 2 }] });
  expect(conditionsOf(jobs.get('Job', 'once'))).toContain('Failed True BackoffLimitExceeded');
});
