import { expect, test } from 'vitest';
import { echo } from '../../src/pods/echo.ts';
import type { PodObject } from '../../src/state/kubernetes-object.ts';
import { SimulatedNodes } from './helpers/simulated-nodes.ts';

/** What a container does, with its restarts: `Running 1`. */
function moment({ status }: PodObject): string {
  const container = status.containerStatuses?.[0];
  const [[name = '', detail] = []] = Object.entries(container?.state ?? {});
  return `${detail?.reason ?? name} ${container?.restartCount}`;
}

test('a container that crashes starts again at once, then after waits that double up to five minutes', () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'broken', exits: { afterMs: 1000, code: 3 } }] });
  nodes.addPod('web', { image: 'broken' });
  const { uid } = nodes.pod('web').metadata;
  nodes.clock.advance(1000);
  expect(nodes.container('web')).toMatchObject({
    restartCount: 1,
    ready: true,
    state: { running: { startedAt: '2030-01-01T00:00:01Z' } },
    lastState: {
      terminated: {
        exitCode: 3,
        reason: 'Error',
        startedAt: '2030-01-01T00:00:00Z',
        finishedAt: '2030-01-01T00:00:01Z',
        containerID: expect.stringMatching(/^containerd:/) as string,
      },
    },
  });
  for (const [restarts, [waitMs, text]] of [
    [10_000, '10s'],
    [20_000, '20s'],
    [40_000, '40s'],
    [80_000, '1m20s'],
    [160_000, '2m40s'],
    [300_000, '5m0s'],
    [300_000, '5m0s'],
  ].entries() as Iterable<[number, [number, string]]>) {
    nodes.clock.advance(1000);
    const message = `back-off ${text} restarting failed container=main pod=web_default(${uid})`;
    expect(nodes.container('web')).toMatchObject({
      restartCount: restarts + 1,
      ready: false,
      state: { waiting: { reason: 'CrashLoopBackOff', message } },
      lastState: { terminated: { exitCode: 3 } },
    });
    expect(nodes.pod('web').status.phase).toBe('Running');
    nodes.clock.advance(waitMs - 1);
    expect(nodes.container('web').restartCount).toBe(restarts + 1);
    nodes.clock.advance(1);
    expect(nodes.container('web').restartCount).toBe(restarts + 2);
  }
  expect(nodes.events('web')).toContain(
    `Warning BackOff x7: Back-off restarting failed container main in pod web_default(${uid})`,
  );
});

test('ten minutes of running make up for earlier crashes', () => {
  using nodes = new SimulatedNodes();
  nodes.addPod('web');
  const crash = () => nodes.runtime.crash({ name: 'web', namespace: 'default' });
  crash();
  crash();
  expect(moment(nodes.pod('web'))).toBe('CrashLoopBackOff 1');
  nodes.clock.advance(10_000);
  nodes.clock.advance(600_001);
  crash();
  expect(moment(nodes.pod('web'))).toBe('running 3');
});

test('watchers see the end of a container before its next start', () => {
  using nodes = new SimulatedNodes();
  nodes.addPod('web');
  const seen = nodes.follow('web', moment);
  nodes.runtime.crash({ name: 'web', namespace: 'default', reason: 'OOMKilled' });
  expect(seen).toEqual(['OOMKilled 0', 'running 1']);
  expect(nodes.container('web').lastState).toMatchObject({ terminated: { exitCode: 137, reason: 'OOMKilled' } });
});

test('a container that does not run listens on nothing, the others of its pod still do', () => {
  using nodes = new SimulatedNodes({
    images: [
      { name: 'a', serve: { 80: echo() } },
      { name: 'b', serve: { 81: echo() } },
    ],
  });
  nodes.addPod('web', {
    spec: {
      restartPolicy: 'Never',
      containers: [
        { name: 'a', image: 'a' },
        { name: 'b', image: 'b' },
      ],
    },
  });
  const listens = () => [80, 81].map((port) => nodes.sandboxes.findHandler(nodes.pod('web'), port) !== undefined);
  expect(listens()).toEqual([true, true]);
  nodes.runtime.crash({ name: 'web', namespace: 'default', container: 'a' });
  expect(listens()).toEqual([false, true]);
});

test('an image is asked how each of its containers ends', () => {
  using nodes = new SimulatedNodes({
    images: [
      {
        name: 'job',
        exits: ({ env, args, restartCount }) => ({ afterMs: 0, code: Number(env.CODE) + args.length + restartCount }),
      },
    ],
  });
  nodes.addPod('job', {
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'job', args: ['x'], env: [{ name: 'CODE', value: '6' }] }],
    },
  });
  expect(nodes.container('job').state).toMatchObject({ terminated: { exitCode: 7 } });
});

test('a crash of what does not run is refused', () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'x' }] });
  nodes.addPod('web', { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } });
  const crash = (name: string, container?: string) => () =>
    nodes.runtime.crash({ name, namespace: 'default', container });
  expect(crash('nope')).toThrow('pods "nope" not found');
  expect(crash('web', 'nope')).toThrow('container nope is not valid for pod web');
  crash('web')();
  expect(crash('web')).toThrow('container main in pod web is not running');
});

test('an image that nobody has described ends with 0 where its pod is meant to end, and only there', () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'known' }] });
  for (const [name, image, restartPolicy] of [
    ['hook', 'unknown', 'Never'],
    ['job', 'unknown', 'OnFailure'],
    ['server', 'unknown', 'Always'],
    ['worker', 'known', 'Never'],
  ] as const) {
    nodes.addPod(name, { spec: { restartPolicy, containers: [{ name: 'main', image }] } });
  }
  const phases = ['hook', 'job', 'server', 'worker'].map((name) => nodes.pod(name).status.phase);
  expect(phases).toEqual(['Succeeded', 'Succeeded', 'Running', 'Running']);
});
