import { expect, test } from 'vitest';
import { runDeploymentController } from '../../src/controllers/deployment-controller.ts';
import { runReplicaSetController } from '../../src/controllers/replica-set-controller.ts';
import { isReady } from '../../src/objects/pod-object.ts';
import type { KubernetesObject } from '../../src/state/kubernetes-object.ts';
import { ControlledCluster, conditionsOf, template } from './helpers/controlled-cluster.ts';

function cluster({ kubelet = true } = {}): ControlledCluster {
  return new ControlledCluster({
    kubelet,
    run(context) {
      runDeploymentController(context);
      runReplicaSetController(context);
    },
  });
}

function deployment(spec: Readonly<Record<string, unknown>> = {}) {
  const selector = { matchLabels: { app: 'web' } };
  return { name: 'web', spec: { replicas: 3, selector, template: template('web'), ...spec } };
}

function annotation({ metadata }: KubernetesObject, name: string): string | undefined {
  return metadata.annotations?.[`deployment.kubernetes.io/${name}`];
}

function byRevision(web: ControlledCluster): readonly KubernetesObject[] {
  const revision = (replicaSet: KubernetesObject) => Number(annotation(replicaSet, 'revision'));
  return [...web.list('ReplicaSet')].sort((left, right) => revision(left) - revision(right));
}

test('a deployment makes a replica set and its pods, and says that it is complete', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', deployment());
  const [replicaSet] = web.list('ReplicaSet');
  const hash = replicaSet?.metadata.labels?.['pod-template-hash'] ?? '';
  expect(hash).toMatch(/^[4-9bcdf]{1,10}$/);
  expect(replicaSet).toMatchObject({
    metadata: {
      name: `web-${hash}`,
      annotations: {
        'deployment.kubernetes.io/revision': '1',
        'deployment.kubernetes.io/desired-replicas': '3',
        'deployment.kubernetes.io/max-replicas': '4',
      },
    },
    spec: { selector: { matchLabels: { app: 'web', 'pod-template-hash': hash } } },
    status: { replicas: 3, fullyLabeledReplicas: 3, readyReplicas: 3, availableReplicas: 3, observedGeneration: 1 },
  });
  expect(web.pods().map(({ metadata }) => metadata.labels)).toEqual(
    Array.from({ length: 3 }, () => ({ app: 'web', 'pod-template-hash': hash })),
  );
  const { metadata, status } = web.get('Deployment', 'web');
  expect(metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
  const now = '2030-01-01T00:00:00Z';
  expect(status).toEqual({
    observedGeneration: 1,
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    conditions: [
      {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
        lastUpdateTime: now,
        lastTransitionTime: now,
      },
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        message: `ReplicaSet "web-${hash}" has successfully progressed.`,
        lastUpdateTime: now,
        lastTransitionTime: now,
      },
    ],
  });
  expect(web.events('web')).toEqual([`ScalingReplicaSet: Scaled up replica set web-${hash} from 0 to 3`]);
});

test('while its pods start, a deployment is not available but progresses', () => {
  using web = cluster({ kubelet: false });
  web.add('apps/v1', 'Deployment', deployment());
  expect(web.get('Deployment', 'web').status).toMatchObject({
    replicas: 3,
    updatedReplicas: 3,
    unavailableReplicas: 3,
  });
  expect(conditionsOf(web.get('Deployment', 'web'))).toEqual([
    'Available False MinimumReplicasUnavailable',
    'Progressing True ReplicaSetUpdated',
  ]);
});

test.each([
  { maxSurge: 1, maxUnavailable: 0, leastReady: 3, mostPods: 4 },
  { maxSurge: 0, maxUnavailable: 1, leastReady: 2, mostPods: 3 },
  { maxSurge: '25%', maxUnavailable: '25%', leastReady: 3, mostPods: 4 },
  { maxSurge: '0%', maxUnavailable: '0%', leastReady: 2, mostPods: 3 },
])(
  'an update with surge $maxSurge and $maxUnavailable missing keeps $leastReady ready and $mostPods at most',
  (rule) => {
    using web = cluster({ kubelet: false });
    const { maxSurge, maxUnavailable } = rule;
    web.add(
      'apps/v1',
      'Deployment',
      deployment({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } }),
    );
    for (const pod of web.pods()) web.start(pod);
    web.specify('Deployment', 'web', { template: template('web', 'image:2') });
    const ready: number[] = [];
    const present: number[] = [];
    for (let step = 0; step < 50; step += 1) {
      const pods = web.pods();
      ready.push(pods.filter((pod) => pod.metadata.deletionTimestamp === undefined && isReady(pod)).length);
      present.push(pods.filter((pod) => pod.metadata.deletionTimestamp === undefined).length);
      const next = pods.find((pod) => pod.metadata.deletionTimestamp !== undefined || !isReady(pod));
      if (!next) break;
      if (next.metadata.deletionTimestamp === undefined) web.start(next);
      else web.end(next);
    }
    expect([Math.min(...ready), Math.max(...present)]).toEqual([rule.leastReady, rule.mostPods]);
    expect(web.pods().map(({ spec }) => spec.containers[0]?.image)).toEqual(['image:2', 'image:2', 'image:2']);
    expect(web.get('Deployment', 'web').status).toMatchObject({
      observedGeneration: 2,
      replicas: 3,
      availableReplicas: 3,
    });
  },
);

test('an update keeps the old replica set and numbers the new one', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', deployment());
  web.specify('Deployment', 'web', { template: template('web', 'image:2') });
  const [first, second] = byRevision(web);
  expect([first?.spec, second?.spec]).toEqual([
    expect.objectContaining({ replicas: 0 }),
    expect.objectContaining({ replicas: 3 }),
  ]);
  expect(annotation(web.get('Deployment', 'web'), 'revision')).toBe('2');
  const names = [first?.metadata.name, second?.metadata.name] as const;
  expect(web.events('web').slice(1)).toEqual([
    `ScalingReplicaSet: Scaled up replica set ${names[1]} from 0 to 1`,
    `ScalingReplicaSet: Scaled down replica set ${names[0]} from 3 to 2`,
    `ScalingReplicaSet: Scaled up replica set ${names[1]} from 1 to 2`,
    `ScalingReplicaSet: Scaled down replica set ${names[0]} from 2 to 1`,
    `ScalingReplicaSet: Scaled up replica set ${names[1]} from 2 to 3`,
    `ScalingReplicaSet: Scaled down replica set ${names[0]} from 1 to 0`,
  ]);
});

test('going back to an earlier template uses its replica set again, as the latest revision', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', deployment());
  const [first] = web.names('ReplicaSet');
  web.specify('Deployment', 'web', { template: template('web', 'image:2') });
  web.specify('Deployment', 'web', { template: template('web') });
  expect(web.list('ReplicaSet')).toHaveLength(2);
  const again = web.get('ReplicaSet', first ?? '');
  expect([annotation(again, 'revision'), annotation(again, 'revision-history')]).toEqual(['3', '1']);
  expect(again.status).toMatchObject({ readyReplicas: 3 });
  expect(annotation(web.get('Deployment', 'web'), 'revision')).toBe('3');
});

test('no more old replica sets stay than the history keeps', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', deployment({ revisionHistoryLimit: 1 }));
  for (const tag of [2, 3, 4]) web.specify('Deployment', 'web', { template: template('web', `image:${tag}`) });
  expect(byRevision(web).map((replicaSet) => annotation(replicaSet, 'revision'))).toEqual(['3', '4']);
});

test('Recreate ends every old pod before it makes a new one', () => {
  using web = cluster({ kubelet: false });
  web.add('apps/v1', 'Deployment', deployment({ strategy: { type: 'Recreate' } }));
  for (const pod of web.pods()) web.start(pod);
  web.specify('Deployment', 'web', { template: template('web', 'image:2') });
  const images = () => web.pods().map(({ spec }) => spec.containers[0]?.image);
  for (let left = 3; left > 0; left -= 1) {
    expect(images()).toEqual(Array.from({ length: left }, () => 'image:1'));
    const [pod] = web.pods();
    if (pod) web.end(pod);
  }
  expect(images()).toEqual(['image:2', 'image:2', 'image:2']);
});

test('a paused deployment can be scaled but is not updated until it is resumed', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', deployment());
  web.specify('Deployment', 'web', { paused: true, replicas: 5, template: template('web', 'image:2') });
  expect(web.pods().map(({ spec }) => spec.containers[0]?.image)).toEqual(Array.from({ length: 5 }, () => 'image:1'));
  expect(conditionsOf(web.get('Deployment', 'web'))).toContain('Progressing Unknown DeploymentPaused');
  web.specify('Deployment', 'web', { paused: false });
  expect(web.pods().map(({ spec }) => spec.containers[0]?.image)).toEqual(Array.from({ length: 5 }, () => 'image:2'));
  expect(conditionsOf(web.get('Deployment', 'web'))).toContain('Progressing True NewReplicaSetAvailable');
});

test('scaling down to nothing and up again keeps the revision', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', deployment());
  web.specify('Deployment', 'web', { replicas: 0 });
  expect(web.pods()).toEqual([]);
  expect(web.get('Deployment', 'web').status).not.toHaveProperty('replicas');
  web.specify('Deployment', 'web', { replicas: 2 });
  expect(web.pods()).toHaveLength(2);
  expect(annotation(web.get('Deployment', 'web'), 'revision')).toBe('1');
});

test('a rollout that makes no progress exceeds its deadline, and recovers', () => {
  using web = cluster({ kubelet: false });
  web.add('apps/v1', 'Deployment', deployment({ progressDeadlineSeconds: 60 }));
  web.clock.advance(59_000);
  expect(conditionsOf(web.get('Deployment', 'web'))).toContain('Progressing True ReplicaSetUpdated');
  web.clock.advance(1000);
  expect(conditionsOf(web.get('Deployment', 'web'))).toContain('Progressing False ProgressDeadlineExceeded');
  for (const pod of web.pods()) web.start(pod);
  expect(conditionsOf(web.get('Deployment', 'web'))).toEqual([
    'Available True MinimumReplicasAvailable',
    'Progressing True NewReplicaSetAvailable',
  ]);
  expect(web.clock.waiting).toBe(0);
});

test('a pod counts as available once it has been ready for minReadySeconds', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', deployment({ minReadySeconds: 10 }));
  expect(web.get('Deployment', 'web').status).toMatchObject({ readyReplicas: 3, unavailableReplicas: 3 });
  web.clock.advance(9999);
  expect(web.get('Deployment', 'web').status).toMatchObject({ unavailableReplicas: 3 });
  web.clock.advance(1);
  expect(web.get('Deployment', 'web').status).toMatchObject({ availableReplicas: 3 });
});

test('a deployment adopts a replica set that it selects', () => {
  using web = cluster();
  const selector = { matchLabels: { app: 'web', 'pod-template-hash': 'x' } };
  const labels = { app: 'web', 'pod-template-hash': 'x' };
  const hashed = { ...template('web'), metadata: { labels } };
  web.add('apps/v1', 'ReplicaSet', {
    name: 'early',
    metadata: { labels },
    spec: { replicas: 1, selector, template: hashed },
  });
  web.add('apps/v1', 'Deployment', deployment());
  expect(web.names('ReplicaSet')).toEqual(['early']);
  expect(web.get('ReplicaSet', 'early').metadata.ownerReferences).toEqual([
    expect.objectContaining({ kind: 'Deployment', name: 'web', controller: true }),
  ]);
  expect(web.pods()).toHaveLength(3);
});

test('a deployment without a selector, or in a namespace that is going, makes nothing', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', { name: 'empty', spec: { replicas: 1 } });
  web.store.replace({
    ...web.get('Namespace', 'default'),
    metadata: { name: 'default', deletionTimestamp: '2030-01-01T00:00:00Z' },
  });
  web.add('apps/v1', 'Deployment', deployment());
  expect([...web.names('ReplicaSet'), ...web.names('Pod')]).toEqual([]);
});

test('nothing waits any more once the controllers have ended', () => {
  const web = cluster({ kubelet: false });
  web.add('apps/v1', 'Deployment', deployment());
  expect(web.clock.waiting).toBe(1);
  web[Symbol.dispose]();
  expect(web.clock.waiting).toBe(0);
});
