import { expect, test } from 'vitest';
import { cellsOf } from './helpers/cells.ts';

const template = {
  spec: {
    containers: [
      { name: 'a', image: 'x:1' },
      { name: 'b', image: 'y:2' },
    ],
  },
};
const selector = { matchLabels: { app: 'web' } };

test('a deployment shows how far it is', () => {
  const status = { readyReplicas: 2, updatedReplicas: 3, availableReplicas: 1 };
  expect(cellsOf('Deployment', { spec: { replicas: 3, selector, template }, status })).toEqual([
    'web',
    '2/3',
    3,
    1,
    '5m',
    'a,b',
    'x:1,y:2',
    'app=web',
  ]);
});

test('a deployment without a status has nothing ready', () => {
  expect(cellsOf('Deployment', { spec: { selector, template } }).slice(1, 4)).toEqual(['0/1', 0, 0]);
});

test('a replica set shows its counts', () => {
  const facts = { spec: { replicas: 3, selector, template }, status: { replicas: 2, readyReplicas: 1 } };
  expect(cellsOf('ReplicaSet', facts)).toEqual(['web', 3, 2, 1, '5m', 'a,b', 'x:1,y:2', 'app=web']);
});

test('a stateful set shows no selector', () => {
  const facts = { spec: { replicas: 2, selector, template }, status: { readyReplicas: 1 } };
  expect(cellsOf('StatefulSet', facts)).toEqual(['web', '1/2', '5m', 'a,b', 'x:1,y:2']);
});

test('a daemon set shows its counts and its node selector', () => {
  const spec = { selector, template: { spec: { ...template.spec, nodeSelector: { z: '1', a: '2' } } } };
  const status = {
    desiredNumberScheduled: 5,
    currentNumberScheduled: 4,
    numberReady: 3,
    updatedNumberScheduled: 2,
    numberAvailable: 1,
  };
  expect(cellsOf('DaemonSet', { spec, status })).toEqual([
    'web',
    5,
    4,
    3,
    2,
    1,
    'a=2,z=1',
    '5m',
    'a,b',
    'x:1,y:2',
    'app=web',
  ]);
});

test.each([
  [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'u', controller: true }, 'daemonset.apps/agent'],
  [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u', controller: true }, 'node/n'],
  [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' }, '<none>'],
])('a controller revision of %j names its controller', (owner, expected) => {
  expect(cellsOf('ControllerRevision', { metadata: { ownerReferences: [owner] }, revision: 4 })).toEqual([
    'web',
    expected,
    4,
    '5m',
  ]);
});
