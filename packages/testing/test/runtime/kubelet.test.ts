import { expect, test } from 'vitest';
import { echo } from '../../src/pods/echo.ts';
import { SimulatedNodes } from './helpers/simulated-nodes.ts';

test('a pod runs and is ready at once when nothing takes time', () => {
  using nodes = new SimulatedNodes();
  nodes.addPod('web');
  const time = '2030-01-01T00:00:00Z';
  expect(nodes.pod('web').status).toMatchObject({
    phase: 'Running',
    podIP: '10.244.0.1',
    podIPs: [{ ip: '10.244.0.1' }],
    hostIP: '10.0.0.7',
    hostIPs: [{ ip: '10.0.0.7' }],
    startTime: time,
    qosClass: 'BestEffort',
    conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
      (type) => ({
        type,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: time,
      }),
    ),
    containerStatuses: [
      {
        name: 'main',
        image: 'web:1',
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: time } },
      },
    ],
  });
  expect(nodes.container('web').containerID).toMatch(/^containerd:\/\/[0-9a-f]{64}$/);
  expect(nodes.container('web').imageID).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(nodes.events('web')).toEqual([
    'Normal Scheduled: Successfully assigned default/web to node-a',
    'Normal Pulled: Container image "web:1" already present on machine',
    'Normal Created: Created container: main',
    'Normal Started: Started container main',
  ]);
});

test('pull, start and readiness take the time that the image says', () => {
  using nodes = new SimulatedNodes({
    images: [{ name: 'web', pullMs: 3000, startMs: 2000, readyMs: 1000, serve: { 80: echo() } }],
  });
  nodes.addPod('web', {
    spec: {
      containers: [
        { name: 'main', image: 'web:1', readinessProbe: { initialDelaySeconds: 4, tcpSocket: { port: 80 } } },
      ],
    },
  });
  const waiting = { waiting: { reason: 'ContainerCreating' } };
  expect(nodes.pod('web').status).toMatchObject({
    phase: 'Pending',
    containerStatuses: [{ started: false, state: waiting }],
  });
  expect(nodes.condition('web', 'ContainersReady')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [main]',
  });
  nodes.clock.advance(4999);
  expect(nodes.container('web').state).toEqual(waiting);
  expect(nodes.sandboxes.findHandler(nodes.pod('web'), 80)).toBeUndefined();
  nodes.clock.advance(1);
  expect(nodes.pod('web').status.phase).toBe('Running');
  expect(nodes.sandboxes.findHandler(nodes.pod('web'), 80)).toBeDefined();
  nodes.clock.advance(4999);
  expect(nodes.isReady('web')).toBe(false);
  nodes.clock.advance(1);
  expect(nodes.isReady('web')).toBe(true);
  expect(nodes.condition('web', 'Ready')?.lastTransitionTime).toBe('2030-01-01T00:00:10Z');
  expect(nodes.condition('web', 'Initialized')?.lastTransitionTime).toBe('2030-01-01T00:00:00Z');
  expect(nodes.events('web')).toContain(
    'Warning Unhealthy: Readiness probe failed: dial tcp 10.244.0.1:80: connect: connection refused',
  );
  expect(nodes.events('web')).toContain(
    'Normal Pulled: Successfully pulled image "web:1" in 3s (3s including waiting). Image size: 0 bytes.',
  );
  nodes.addPod('again');
  expect(nodes.events('again')).toContain('Normal Pulled: Container image "web:1" already present on machine');
});

test('init containers run one after the other before the others start', () => {
  using nodes = new SimulatedNodes({
    images: [{ name: 'work', exits: { afterMs: 1000, code: 0 } }],
  });
  const initContainers = [
    { name: 'first', image: 'work' },
    { name: 'second', image: 'never-heard-of' },
    { name: 'third', image: 'work' },
  ];
  nodes.addPod('web', { spec: { initContainers, containers: [{ name: 'main', image: 'web:1' }] } });
  expect(nodes.condition('web', 'Initialized')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: 'containers with incomplete status: [first second third]',
  });
  expect(nodes.container('web').state).toEqual({ waiting: { reason: 'PodInitializing' } });
  nodes.clock.advance(1000);
  expect(nodes.pod('web').status).toMatchObject({
    phase: 'Pending',
    initContainerStatuses: [
      { ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
      { ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
      { ready: false, state: { running: {} } },
    ],
  });
  nodes.clock.advance(1000);
  expect(nodes.isReady('web')).toBe(true);
});

test('a sidecar stays, and ends after the others', () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'work', exits: { afterMs: 1000, code: 0 } }] });
  const initContainers = [{ name: 'proxy', image: 'proxy', restartPolicy: 'Always' }];
  nodes.addPod('job', {
    spec: { restartPolicy: 'Never', initContainers, containers: [{ name: 'main', image: 'work' }] },
  });
  expect(nodes.isReady('job')).toBe(true);
  nodes.clock.advance(1000);
  expect(nodes.pod('job').status).toMatchObject({
    phase: 'Succeeded',
    initContainerStatuses: [{ state: { terminated: { exitCode: 0 } } }],
  });
});

test('what ends decides the phase together with the restart policy', () => {
  using nodes = new SimulatedNodes({
    images: [
      { name: 'fine', exits: { afterMs: 1000, code: 0 } },
      { name: 'broken', exits: { afterMs: 1000, code: 3 } },
    ],
  });
  for (const image of ['fine', 'broken']) {
    for (const restartPolicy of ['Never', 'OnFailure', 'Always']) {
      nodes.addPod(`${image}-${restartPolicy.toLowerCase()}`, {
        spec: { restartPolicy, containers: [{ name: 'main', image }] },
      });
    }
  }
  nodes.clock.advance(1000);
  const outcome = (name: string) => [nodes.pod(name).status.phase, nodes.container(name).restartCount];
  expect(outcome('fine-never')).toEqual(['Succeeded', 0]);
  expect(outcome('fine-onfailure')).toEqual(['Succeeded', 0]);
  expect(outcome('fine-always')).toEqual(['Running', 1]);
  expect(outcome('broken-never')).toEqual(['Failed', 0]);
  expect(outcome('broken-onfailure')).toEqual(['Running', 1]);
  expect(outcome('broken-always')).toEqual(['Running', 1]);
  expect(nodes.container('broken-never').state).toMatchObject({ terminated: { exitCode: 3, reason: 'Error' } });
  expect(nodes.condition('fine-never', 'Ready')).toMatchObject({ status: 'False', reason: 'PodCompleted' });
  expect(nodes.condition('broken-never', 'Ready')).toMatchObject({ status: 'False', reason: 'PodFailed' });
});

test('an init container that fails fails a pod that does not restart', () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'broken', exits: { afterMs: 0, code: 5 } }] });
  const initContainers = [{ name: 'first', image: 'broken' }];
  nodes.addPod('web', { spec: { restartPolicy: 'Never', initContainers, containers: [{ name: 'main', image: 'x' }] } });
  expect(nodes.pod('web').status.phase).toBe('Failed');
  expect(nodes.container('web').state).toEqual({ waiting: { reason: 'PodInitializing' } });
});

test('an image that cannot be pulled alternates between the error and the back-off', () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'nope', pull: 'not-found' }] });
  const seen = nodes.follow(
    'web',
    ({ status }) => status.containerStatuses?.[0]?.state?.waiting?.reason ?? status.phase,
  );
  nodes.addPod('web', { image: 'nope:1' });
  const reference = 'docker.io/library/nope:1';
  const why = `rpc error: code = NotFound desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found`;
  expect(nodes.container('web').state).toEqual({ waiting: { reason: 'ErrImagePull', message: why } });
  nodes.clock.advance(1000);
  const message = `Back-off pulling image "nope:1": ErrImagePull: ${why}`;
  expect(nodes.container('web').state).toEqual({ waiting: { reason: 'ImagePullBackOff', message } });
  nodes.clock.advance(9000);
  expect(nodes.container('web').state?.waiting?.reason).toBe('ErrImagePull');
  nodes.clock.advance(19_999);
  expect(nodes.container('web').state?.waiting?.reason).toBe('ImagePullBackOff');
  nodes.images.add({ name: 'nope' });
  nodes.clock.advance(1);
  expect(nodes.isReady('web')).toBe(true);
  expect(seen).toEqual(['Pending', 'ErrImagePull', 'ImagePullBackOff', 'ErrImagePull', 'ImagePullBackOff', 'Running']);
  expect(nodes.events('web').slice(1)).toEqual([
    'Normal Pulling x2: Pulling image "nope:1"',
    `Warning Failed x2: Failed to pull image "nope:1": ${why}`,
    'Warning Failed x2: Error: ErrImagePull',
    'Normal BackOff x2: Back-off pulling image "nope:1"',
    'Warning Failed x2: Error: ImagePullBackOff',
    'Normal Pulled: Container image "nope:1" already present on machine',
    'Normal Created: Created container: main',
    'Normal Started: Started container main',
  ]);
});

test('statuses of containers are in the order of their names', () => {
  using nodes = new SimulatedNodes();
  const containers = ['web', 'api', 'log'].map((name) => ({ name, image: 'x' }));
  nodes.addPod('web', { spec: { containers } });
  expect(nodes.pod('web').status.containerStatuses?.map(({ name }) => name)).toEqual(['api', 'log', 'web']);
});

test('a deadline ends a pod', () => {
  using nodes = new SimulatedNodes();
  nodes.addPod('job', { spec: { activeDeadlineSeconds: 60, containers: [{ name: 'main', image: 'x' }] } });
  nodes.clock.advance(60_000);
  expect(nodes.pod('job').status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
});

test('nothing waits on the clock when the cluster has ended', () => {
  const nodes = new SimulatedNodes({
    images: [
      { name: 'slow', pullMs: 2000 },
      { name: 'nope', pull: 'not-found' },
      { name: 'broken', exits: { afterMs: 0, code: 1 } },
    ],
  });
  for (const image of ['slow', 'nope', 'broken']) nodes.addPod(image, { image });
  expect(nodes.clock.waiting).toBe(3);
  nodes.stopping.abort();
  expect(nodes.clock.waiting).toBe(0);
  nodes.addPod('late');
  expect(nodes.pod('late').status).toEqual({ phase: 'Pending' });
});

test('what happens to many pods at one moment is one change for those who listen, in the order of the pods', () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'slow', startMs: 1000, readyMs: 2000, stopMs: 500 }] });
  const names = Array.from({ length: 50 }, (_, index) => `pod-${(index * 7) % 50}`);
  for (const name of names) nodes.addPod(name, { image: 'slow' });
  const rounds: (readonly string[])[] = [];
  let heard: string[] = [];
  nodes.store.subscribe(({ kind, object }) => {
    if (kind.kind === 'Pod') heard.push(object.metadata.name);
  });
  nodes.store.onSettled(() => {
    if (heard.length > 0) rounds.push(heard);
    heard = [];
  });
  nodes.clock.advance(3000);
  expect(names.every((name) => nodes.isReady(name))).toBe(true);
  expect(rounds).toEqual([names, names]);
  nodes.store.batch(() => {
    for (const name of names) nodes.delete(name);
  });
  rounds.length = 0;
  nodes.clock.advance(500);
  expect(names.filter((name) => nodes.find(name))).toEqual([]);
  expect(rounds).toHaveLength(1);
});
