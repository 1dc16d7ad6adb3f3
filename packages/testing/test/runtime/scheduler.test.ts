import { expect, test } from 'vitest';
import { builtInKind } from '../../src/state/built-in-kinds.ts';
import { SimulatedNodes } from './helpers/simulated-nodes.ts';

test('pods go to the node with the fewest, then to the first by name', () => {
  using nodes = new SimulatedNodes({ nodes: ['node-b', 'node-a'] });
  const names = ['one', 'two', 'three', 'four'];
  nodes.store.batch(() => {
    for (const name of names) nodes.addPod(name);
  });
  expect(names.map((name) => nodes.pod(name).spec.nodeName)).toEqual(['node-a', 'node-b', 'node-a', 'node-b']);
  nodes.delete('two', 0);
  nodes.addPod('five');
  expect(nodes.pod('five').spec.nodeName).toBe('node-b');
  expect(nodes.events('five')[0]).toBe('Normal Scheduled: Successfully assigned default/five to node-b');
});

test('a pod that fits nowhere says why, and runs once a node fits', () => {
  using nodes = new SimulatedNodes({ nodes: ['node-a'] });
  nodes.addNode('node-b', { labels: { disk: 'ssd' }, spec: { unschedulable: true } });
  nodes.addPod('web', { spec: { nodeSelector: { disk: 'ssd' }, containers: [{ name: 'main', image: 'x' }] } });
  const message =
    "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) were unschedulable. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";
  expect(nodes.pod('web')).toMatchObject({ status: { phase: 'Pending' } });
  expect(nodes.condition('web', 'PodScheduled')).toMatchObject({ status: 'False', reason: 'Unschedulable', message });
  expect(nodes.events('web')).toEqual([`Warning FailedScheduling: ${message}`]);

  const node = nodes.store.get({ kind: builtInKind('Node'), namespace: undefined, name: 'node-b' });
  if (node) nodes.store.replace({ ...node, spec: {} });
  expect(nodes.pod('web').spec.nodeName).toBe('node-b');
  expect(nodes.condition('web', 'PodScheduled')).toMatchObject({ status: 'True' });
  expect(nodes.isReady('web')).toBe(true);
});

test('without nodes pods wait for the first', () => {
  using nodes = new SimulatedNodes({ nodes: [] });
  nodes.addPod('web');
  expect(nodes.condition('web', 'PodScheduled')?.message).toBe('no nodes available to schedule pods');
  nodes.addNode('node-a');
  expect(nodes.isReady('web')).toBe(true);
});

test('affinity to the name of a node is honoured, as daemon sets ask for it', () => {
  using nodes = new SimulatedNodes({ nodes: ['node-a', 'node-b'] });
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: ['node-b'] }];
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } };
  const affinity = { nodeAffinity: required };
  nodes.addPod('web', { spec: { affinity, containers: [{ name: 'main', image: 'x' }] } });
  expect(nodes.pod('web').spec.nodeName).toBe('node-b');
});

test('taints keep pods away that do not tolerate them', () => {
  using nodes = new SimulatedNodes({ nodes: [] });
  nodes.addNode('node-a', { spec: { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] } });
  nodes.addPod('web');
  nodes.addPod('trainer', {
    spec: { tolerations: [{ key: 'gpu', operator: 'Exists' }], containers: [{ name: 'main', image: 'x' }] },
  });
  expect(nodes.condition('web', 'PodScheduled')?.message).toContain('1 node(s) had untolerated taint {gpu: yes}');
  expect(nodes.pod('trainer').spec.nodeName).toBe('node-a');
});

test('pods for another scheduler, or with a sandbox already, are left alone', () => {
  using nodes = new SimulatedNodes();
  nodes.addPod('other', { spec: { schedulerName: 'mine', containers: [{ name: 'main', image: 'x' }] } });
  nodes.sandboxes.create({ uid: 'u-1', serve: {} });
  nodes.addPod('static', { metadata: { uid: 'u-1' } });
  for (const name of ['other', 'static']) {
    expect(nodes.pod(name).spec.nodeName).toBeUndefined();
    expect(nodes.pod(name).status).toEqual({ phase: 'Pending' });
  }
});

test('a gated pod says so, and gets its node when the last gate is gone', () => {
  using nodes = new SimulatedNodes();
  const containers = [{ name: 'main', image: 'x' }];
  nodes.addPod('gated', { spec: { schedulingGates: [{ name: 'later' }], containers } });
  expect(nodes.condition('gated', 'PodScheduled')).toMatchObject({ status: 'False', reason: 'SchedulingGated' });
  nodes.store.replace({ ...nodes.pod('gated'), spec: { containers } });
  expect(nodes.pod('gated').spec.nodeName).toBe('node-a');
  expect(nodes.isReady('gated')).toBe(true);
});

test('a pod that is refused for a taint is tried again when it tolerates it', () => {
  using nodes = new SimulatedNodes({ nodes: [] });
  nodes.addNode('tainted', { spec: { taints: [{ key: 'only', value: 'mine', effect: 'NoSchedule' }] } });
  nodes.addPod('web');
  expect(nodes.pod('web').spec.nodeName).toBeUndefined();
  const pod = nodes.pod('web');
  nodes.store.replace({ ...pod, spec: { ...pod.spec, tolerations: [{ operator: 'Exists' }] } });
  expect(nodes.pod('web').spec.nodeName).toBe('tainted');
});
