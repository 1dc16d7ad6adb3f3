import { expect, test } from 'vitest';
import { runReplicaSetController } from '../../src/controllers/replica-set-controller.ts';
import { ControlledCluster, template } from './helpers/controlled-cluster.ts';

function cluster({ kubelet = true } = {}): ControlledCluster {
  return new ControlledCluster({ run: runReplicaSetController, kubelet });
}

function replicaSet(replicas: number, selector: object = { matchLabels: { app: 'web' } }) {
  return { name: 'web', spec: { replicas, selector, template: template('web') } };
}

test('a replica set makes its pods, tells of them and counts them', () => {
  using web = cluster();
  const owner = web.add('apps/v1', 'ReplicaSet', replicaSet(2));
  for (const pod of web.pods()) {
    expect(pod.metadata).toMatchObject({
      name: expect.stringMatching(/^web-[bcdfghjklmnpqrstvwxz24-9]{5}$/) as string,
      generateName: 'web-',
      labels: { app: 'web' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'web',
          uid: owner.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
  }
  expect(web.get('ReplicaSet', 'web').status).toEqual({
    replicas: 2,
    fullyLabeledReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    observedGeneration: 1,
  });
  expect([...web.events('web')].sort()).toEqual(
    web.names('Pod').map((name) => `SuccessfulCreate: Created pod: ${name}`),
  );
});

test('a pod that goes or has ended is made up for', () => {
  using web = cluster();
  web.add('apps/v1', 'ReplicaSet', replicaSet(2));
  const [first, second] = web.pods();
  web.delete('Pod', first?.metadata.name ?? '');
  expect(web.pods()).toHaveLength(2);
  expect(web.find('Pod', first?.metadata.name ?? '')).toBeUndefined();
  if (second) web.setStatus(second, { phase: 'Failed' });
  expect(web.pods()).toHaveLength(3);
  expect(web.get('ReplicaSet', 'web').status).toMatchObject({ replicas: 2 });
});

test('scaling down takes pods without a node first, then the cheap, then those ready for the shortest time', () => {
  using web = cluster({ kubelet: false });
  web.add('apps/v1', 'ReplicaSet', replicaSet(4));
  const [waiting, early, late, dear] = web.names('Pod') as [string, string, string, string];
  web.start(web.get('Pod', early));
  web.clock.advance(5000);
  web.start(web.get('Pod', late));
  web.start(web.get('Pod', dear));
  const { metadata, ...pod } = web.get('Pod', dear);
  const annotations = { 'controller.kubernetes.io/pod-deletion-cost': '10' };
  web.store.replace({ ...pod, metadata: { ...metadata, annotations } });
  const going: string[] = [];
  for (const replicas of [3, 2, 1]) {
    web.specify('ReplicaSet', 'web', { replicas });
    const stays = web.pods().filter((one) => one.metadata.deletionTimestamp === undefined);
    const gone = [waiting, early, late, dear].filter((name) => !stays.some((one) => one.metadata.name === name));
    going.push(...gone.filter((name) => !going.includes(name)));
  }
  expect(going).toEqual([waiting, late, early]);
});

test('a pod that a replica set selects is adopted, and released when it is not selected any more', () => {
  using web = cluster();
  web.add('v1', 'Pod', { name: 'early', metadata: { labels: { app: 'web' } }, spec: { containers: [] } });
  web.add('apps/v1', 'ReplicaSet', replicaSet(2));
  expect(web.pods()).toHaveLength(2);
  const early = web.get('Pod', 'early');
  expect(early.metadata.ownerReferences).toEqual([expect.objectContaining({ kind: 'ReplicaSet', name: 'web' })]);
  web.store.replace({ ...early, metadata: { ...early.metadata, labels: { app: 'debug' } } });
  expect(web.get('Pod', 'early').metadata).not.toHaveProperty('ownerReferences');
  expect(web.pods()).toHaveLength(3);
});

test('a pod that another one controls is not adopted', () => {
  using web = cluster();
  const ownerReferences = [
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'other', uid: 'other', controller: true },
  ];
  web.add('v1', 'Pod', {
    name: 'taken',
    metadata: { labels: { app: 'web' }, ownerReferences },
    spec: { containers: [] },
  });
  web.add('apps/v1', 'ReplicaSet', replicaSet(1));
  expect(web.pods()).toHaveLength(2);
});

test.each([
  [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }] }, 1],
  [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, 1],
  [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, 1],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] }, 1],
  [{ matchExpressions: [{ key: 'app', operator: 'Unknown' }] }, 0],
  [{}, 0],
])('the selector %j leads to %i pods', (selector, pods) => {
  using web = cluster();
  web.add('apps/v1', 'ReplicaSet', replicaSet(1, selector));
  expect(web.pods()).toHaveLength(pods);
});

test('a replica set that is being deleted makes nothing', () => {
  using web = cluster();
  web.add('apps/v1', 'ReplicaSet', { ...replicaSet(1), metadata: { finalizers: ['foregroundDeletion'] } });
  web.delete('ReplicaSet', 'web');
  web.delete('Pod', web.names('Pod')[0] ?? '');
  expect(web.pods()).toEqual([]);
});

test('5,000 pods of one replica set are made, each with a name of its own', () => {
  using web = cluster();
  web.add('apps/v1', 'ReplicaSet', replicaSet(5000));
  expect(web.pods()).toHaveLength(5000);
  expect(web.get('ReplicaSet', 'web').status).toMatchObject({ readyReplicas: 5000 });
});
