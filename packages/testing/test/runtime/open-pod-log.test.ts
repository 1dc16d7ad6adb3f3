import { expect, test } from 'vitest';
import { openPodLog, type PodLogOptions } from '../../src/runtime/open-pod-log.ts';
import { shellCommand } from '../../src/runtime/shell-command.ts';
import { SimulatedNodes } from './helpers/simulated-nodes.ts';

function open(nodes: SimulatedNodes, name: string, options: PodLogOptions = {}): AsyncIterable<string> {
  return openPodLog({ pod: nodes.pod(name), logs: nodes.runtime.logs, options });
}

async function textOf(nodes: SimulatedNodes, name: string, options?: PodLogOptions): Promise<string> {
  let text = '';
  for await (const chunk of open(nodes, name, options)) text += chunk;
  return text;
}

test('a container says what its image and its command say, and what a test adds', async () => {
  using nodes = new SimulatedNodes({
    images: [
      { name: 'web', logs: ({ container }) => [`${container} listens`] },
      { name: 'shell', exits: shellCommand },
    ],
  });
  nodes.addPod('web');
  nodes.runtime.writeLog({ name: 'web', namespace: 'default', line: 'GET /' });
  expect(await textOf(nodes, 'web')).toBe('main listens\nGET /\n');
  const containers = [{ name: 'main', image: 'shell', command: ['sh', '-c', 'echo a; sleep 5; echo b'] }];
  nodes.addPod('job', { spec: { restartPolicy: 'Never', containers } });
  expect(await textOf(nodes, 'job')).toBe('a\n');
  nodes.clock.advance(5000);
  expect(await textOf(nodes, 'job', { timestamps: true, tailLines: 1 })).toBe('2030-01-01T00:00:05.000000000Z b\n');
  expect(nodes.pod('job').status.phase).toBe('Succeeded');
});

test('the log before the last start can be read, and is the only one while the container waits', async () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'web', logs: ({ restartCount }) => [`run ${restartCount}`] }] });
  nodes.addPod('web');
  const crash = () => nodes.runtime.crash({ name: 'web', namespace: 'default' });
  expect(() => open(nodes, 'web', { previous: true })).toThrow(
    'previous terminated container "main" in pod "web" not found',
  );
  crash();
  expect(await textOf(nodes, 'web')).toBe('run 1\n');
  expect(await textOf(nodes, 'web', { previous: true })).toBe('run 0\n');
  crash();
  expect(nodes.container('web').state?.waiting?.reason).toBe('CrashLoopBackOff');
  expect(await textOf(nodes, 'web')).toBe('run 1\n');
  expect(await textOf(nodes, 'web', { previous: true })).toBe('run 1\n');
});

test('a follow ends with the container, and with the pod', async () => {
  using nodes = new SimulatedNodes({ images: [{ name: 'web', logs: ['hello'] }] });
  for (const name of ['one', 'two']) nodes.addPod(name);
  const texts = ['one', 'two'].map((name) => textOf(nodes, name, { follow: true }));
  nodes.runtime.writeLog({ name: 'one', namespace: 'default', line: 'bye' });
  nodes.runtime.crash({ name: 'one', namespace: 'default' });
  nodes.delete('two', 0);
  expect(await Promise.all(texts)).toEqual(['hello\nbye\n', 'hello\n']);
});

test('one of several containers has to be named', async () => {
  using nodes = new SimulatedNodes();
  const [a, b, first] = ['a', 'b', 'first'].map((name) => ({ name, image: name }));
  nodes.addPod('two', { spec: { containers: [a, b] } });
  nodes.addPod('three', { spec: { containers: [a, b], initContainers: [first] } });
  expect(() => open(nodes, 'two')).toThrow('a container name must be specified for pod two, choose one of: [a b]');
  expect(() => open(nodes, 'three')).toThrow(
    'a container name must be specified for pod three, choose one of: [a b] or one of the init containers: [first]',
  );
  expect(() => open(nodes, 'two', { container: 'nope' })).toThrow('container nope is not valid for pod two');
  expect(await textOf(nodes, 'three', { container: 'first' })).toBe('');
});

test('a container that has not begun has no log, for a reason', async () => {
  using nodes = new SimulatedNodes({
    images: [
      { name: 'slow', startMs: 1000 },
      { name: 'nope', pull: 'not-found' },
    ],
  });
  nodes.addPod('web', { image: 'slow' });
  expect(() => open(nodes, 'web')).toThrow('container "main" in pod "web" is waiting to start: ContainerCreating');
  nodes.addPod('bad', { image: 'nope' });
  expect(() => open(nodes, 'bad')).toThrow('container "main" in pod "bad" is waiting to start: image can\'t be pulled');
  nodes.clock.advance(1000);
  expect(() => open(nodes, 'bad')).toThrow(
    'container "main" in pod "bad" is waiting to start: trying and failing to pull image',
  );
  nodes.addPod('nowhere', { spec: { nodeSelector: { a: 'b' }, containers: [{ name: 'main', image: 'x' }] } });
  expect(await textOf(nodes, 'nowhere')).toBe('');
});

test('a static pod says what a test lets it say', async () => {
  using nodes = new SimulatedNodes();
  nodes.sandboxes.create({ uid: 'u-1', serve: {} });
  nodes.addPod('web', { metadata: { uid: 'u-1' }, spec: { nodeName: 'node-a', containers: [{ name: 'main' }] } });
  const containerStatuses = [{ name: 'main', ready: true, restartCount: 0, state: { running: {} } }];
  nodes.store.replace({ ...nodes.pod('web'), status: { phase: 'Running', containerStatuses } });
  expect(await textOf(nodes, 'web')).toBe('');
  nodes.runtime.writeLog({ name: 'web', namespace: 'default', line: 'hello' });
  expect(await textOf(nodes, 'web')).toBe('hello\n');
});
