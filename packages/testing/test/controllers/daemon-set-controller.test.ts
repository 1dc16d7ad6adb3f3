import { expect, test } from 'vitest';
import { runDaemonSetController } from '../../src/controllers/daemon-set-controller.ts';
import { isReady } from '../../src/objects/pod-object.ts';
import { ControlledCluster, template } from './helpers/controlled-cluster.ts';

function cluster({ kubelet = true, nodes = 2 } = {}): ControlledCluster {
  const agents = new ControlledCluster({ run: runDaemonSetController, kubelet });
  for (let number = 2; number <= nodes; number += 1) {
    agents.add('v1', 'Node', { name: `node-${number}`, metadata: { labels: { disk: 'fast' } } });
  }
  return agents;
}

function daemonSet(spec: Readonly<Record<string, unknown>> = {}) {
  return { name: 'agent', spec: { selector: { matchLabels: { app: 'agent' } }, template: template('agent'), ...spec } };
}

function nodesOfPods(agents: ControlledCluster): readonly (string | undefined)[] {
  return agents
    .pods()
    .map(({ spec }) => spec.nodeName)
    .sort();
}

test('a daemon set has a pod on every node, and says so', () => {
  using agents = cluster();
  agents.add('apps/v1', 'DaemonSet', daemonSet());
  expect(nodesOfPods(agents)).toEqual(['node', 'node-2']);
  const [revision] = agents.list('ControllerRevision');
  const hash = revision?.metadata.labels?.['controller-revision-hash'];
  expect(revision?.metadata.name).toBe(`agent-${hash}`);
  expect(agents.pods()[0]?.metadata.labels).toEqual({
    app: 'agent',
    'controller-revision-hash': hash,
    'pod-template-generation': '1',
  });
  expect(agents.get('DaemonSet', 'agent').status).toEqual({
    currentNumberScheduled: 2,
    numberMisscheduled: 0,
    desiredNumberScheduled: 2,
    numberReady: 2,
    observedGeneration: 1,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
  });
  expect(agents.events('agent')).toEqual([
    expect.stringMatching(/^SuccessfulCreate: Created pod: agent-/),
    expect.stringMatching(/^SuccessfulCreate: Created pod: agent-/),
  ]);
});

test('its pods follow the nodes that come, and leave those that it does not fit any more', () => {
  using agents = cluster();
  agents.add('apps/v1', 'DaemonSet', daemonSet());
  agents.add('v1', 'Node', { name: 'node-3', metadata: { labels: { disk: 'fast' } } });
  expect(nodesOfPods(agents)).toEqual(['node', 'node-2', 'node-3']);
  const node = agents.get('Node', 'node-3');
  agents.store.replace({ ...node, metadata: { ...node.metadata, labels: { disk: 'slow' } } });
  const { spec } = template('agent');
  const selective = { ...template('agent'), spec: { ...spec, nodeSelector: { disk: 'fast' } } };
  agents.specify('DaemonSet', 'agent', { template: selective });
  expect(nodesOfPods(agents)).toEqual(['node-2']);
});

test('a tainted node has a pod only if that tolerates the taint', () => {
  using agents = cluster({ nodes: 1 });
  agents.specify('Node', 'node', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] });
  agents.add('apps/v1', 'DaemonSet', daemonSet());
  expect(agents.pods()).toEqual([]);
  const { spec } = template('agent');
  const tolerant = { ...template('agent'), spec: { ...spec, tolerations: [{ key: 'gpu', operator: 'Exists' }] } };
  agents.specify('DaemonSet', 'agent', { template: tolerant });
  expect(agents.pods()).toHaveLength(1);
});

test('an update takes one node after the other', () => {
  using agents = cluster({ kubelet: false, nodes: 3 });
  agents.add('apps/v1', 'DaemonSet', daemonSet());
  for (const pod of agents.pods()) agents.start(pod);
  agents.specify('DaemonSet', 'agent', { template: template('agent', 'image:2') });
  const ready: number[] = [];
  for (let step = 0; step < 20; step += 1) {
    const pods = agents.pods();
    ready.push(pods.filter((pod) => isReady(pod) && pod.metadata.deletionTimestamp === undefined).length);
    const next = pods.find((pod) => pod.metadata.deletionTimestamp !== undefined || !isReady(pod));
    if (!next) break;
    if (next.metadata.deletionTimestamp === undefined) agents.start(next);
    else agents.end(next);
  }
  expect(Math.min(...ready)).toBe(2);
  expect(agents.pods().map(({ spec }) => spec.containers[0]?.image)).toEqual(['image:2', 'image:2', 'image:2']);
  expect(agents.get('DaemonSet', 'agent').status).toMatchObject({ updatedNumberScheduled: 3, numberAvailable: 3 });
});

test('with OnDelete a pod is updated once somebody deletes it', () => {
  using agents = cluster({ nodes: 1 });
  agents.add('apps/v1', 'DaemonSet', daemonSet({ updateStrategy: { type: 'OnDelete' } }));
  agents.specify('DaemonSet', 'agent', { template: template('agent', 'image:2') });
  expect(agents.pods()[0]?.spec.containers[0]?.image).toBe('image:1');
  agents.delete('Pod', agents.names('Pod')[0] ?? '');
  expect(agents.pods()[0]?.spec.containers[0]?.image).toBe('image:2');
});

test('a pod that has failed is made anew', () => {
  using agents = cluster({ nodes: 1 });
  agents.add('apps/v1', 'DaemonSet', daemonSet());
  const [failed] = agents.pods();
  if (failed) agents.setStatus(failed, { phase: 'Failed' });
  expect(agents.pods()).toHaveLength(1);
  expect(agents.pods()[0]?.metadata.name).not.toBe(failed?.metadata.name);
});
