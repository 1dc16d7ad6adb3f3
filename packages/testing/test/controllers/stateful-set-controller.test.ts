import { expect, test } from 'vitest';
import { runStatefulSetController } from '../../src/controllers/stateful-set-controller.ts';
import { isReady } from '../../src/objects/pod-object.ts';
import { ControlledCluster, template } from './helpers/controlled-cluster.ts';

function cluster({ kubelet = true } = {}): ControlledCluster {
  return new ControlledCluster({ run: runStatefulSetController, kubelet });
}

function statefulSet(spec: Readonly<Record<string, unknown>> = {}) {
  const selector = { matchLabels: { app: 'db' } };
  return { name: 'db', spec: { replicas: 3, serviceName: 'db', selector, template: template('db'), ...spec } };
}

function images(db: ControlledCluster): readonly (string | undefined)[] {
  return db.pods().map(({ spec }) => spec.containers[0]?.image);
}

/** Starts and ends one pod after the other. @returns the names in the order in which pods started and ended */
function runToEnd(db: ControlledCluster): readonly string[] {
  const told: string[] = [];
  for (let step = 0; step < 50; step += 1) {
    const next = db.pods().find((pod) => pod.metadata.deletionTimestamp !== undefined || !isReady(pod));
    if (!next) break;
    const ends = next.metadata.deletionTimestamp !== undefined;
    told.push(`${ends ? '-' : '+'}${next.metadata.name}`);
    if (ends) db.end(next);
    else db.start(next);
  }
  return told;
}

test('a stateful set numbers its pods, gives them names and revisions, and says that all are there', () => {
  using db = cluster();
  db.add('apps/v1', 'StatefulSet', statefulSet());
  const [revision] = db.list('ControllerRevision');
  expect(db.names('Pod')).toEqual(['db-0', 'db-1', 'db-2']);
  expect(db.get('Pod', 'db-1')).toMatchObject({
    metadata: {
      generateName: 'db-',
      labels: {
        app: 'db',
        'statefulset.kubernetes.io/pod-name': 'db-1',
        'apps.kubernetes.io/pod-index': '1',
        'controller-revision-hash': revision?.metadata.name,
      },
    },
    spec: { hostname: 'db-1', subdomain: 'db' },
  });
  expect(revision).toMatchObject({
    revision: 1,
    data: { spec: { template: { $patch: 'replace', ...template('db') } } },
  });
  expect(db.get('StatefulSet', 'db').status).toEqual({
    observedGeneration: 1,
    replicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    currentReplicas: 3,
    updatedReplicas: 3,
    currentRevision: revision?.metadata.name,
    updateRevision: revision?.metadata.name,
    collisionCount: 0,
  });
  expect(db.events('db')[0]).toBe('SuccessfulCreate: create Pod db-0 in StatefulSet db successful');
});

test('each pod waits until the one before it is ready, unless the set works in parallel', () => {
  using ordered = cluster({ kubelet: false });
  ordered.add('apps/v1', 'StatefulSet', statefulSet());
  expect(ordered.names('Pod')).toEqual(['db-0']);
  expect(runToEnd(ordered)).toEqual(['+db-0', '+db-1', '+db-2']);
  using parallel = cluster({ kubelet: false });
  parallel.add('apps/v1', 'StatefulSet', statefulSet({ podManagementPolicy: 'Parallel' }));
  expect(parallel.names('Pod')).toEqual(['db-0', 'db-1', 'db-2']);
});

test('an update goes from the last pod to the first, and then the revision is the current one', () => {
  using db = cluster({ kubelet: false });
  db.add('apps/v1', 'StatefulSet', statefulSet());
  runToEnd(db);
  const before = db.get('StatefulSet', 'db').status as { currentRevision: string };
  db.specify('StatefulSet', 'db', { template: template('db', 'image:2') });
  const during = db.get('StatefulSet', 'db').status as { currentRevision: string; updateRevision: string };
  expect(during.currentRevision).toBe(before.currentRevision);
  expect(during.updateRevision).not.toBe(before.currentRevision);
  expect(runToEnd(db)).toEqual(['-db-2', '+db-2', '-db-1', '+db-1', '-db-0', '+db-0']);
  expect(images(db)).toEqual(['image:2', 'image:2', 'image:2']);
  expect(db.get('StatefulSet', 'db').status).toMatchObject({
    currentRevision: during.updateRevision,
    updateRevision: during.updateRevision,
    currentReplicas: 3,
    updatedReplicas: 3,
  });
});

test('pods below the partition keep their revision, even when they are made anew', () => {
  using db = cluster();
  db.add('apps/v1', 'StatefulSet', statefulSet());
  const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
  db.specify('StatefulSet', 'db', { updateStrategy, template: template('db', 'image:2') });
  db.delete('Pod', 'db-0');
  expect(images(db)).toEqual(['image:1', 'image:1', 'image:2']);
  expect(db.get('StatefulSet', 'db').status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1 });
});

test('with OnDelete a pod is updated once somebody deletes it', () => {
  using db = cluster();
  db.add('apps/v1', 'StatefulSet', statefulSet({ updateStrategy: { type: 'OnDelete' } }));
  db.specify('StatefulSet', 'db', { template: template('db', 'image:2') });
  expect(images(db)).toEqual(['image:1', 'image:1', 'image:1']);
  db.delete('Pod', 'db-1');
  expect(images(db)).toEqual(['image:1', 'image:2', 'image:1']);
});

test('scaling down takes the last pods, one after the other', () => {
  using db = cluster({ kubelet: false });
  db.add('apps/v1', 'StatefulSet', statefulSet());
  runToEnd(db);
  db.specify('StatefulSet', 'db', { replicas: 1 });
  expect(runToEnd(db)).toEqual(['-db-2', '-db-1']);
  expect(db.get('StatefulSet', 'db').status).toMatchObject({ replicas: 1, currentReplicas: 1 });
});

test('a pod has claims of its own, which stay for the next pod of that number', () => {
  using db = cluster();
  const claim = { metadata: { name: 'data' }, spec: { resources: { requests: { storage: '1Gi' } } } };
  db.add('apps/v1', 'StatefulSet', statefulSet({ replicas: 1, volumeClaimTemplates: [claim] }));
  const made = db.get('PersistentVolumeClaim', 'data-db-0');
  expect(made).toMatchObject({ metadata: { labels: { app: 'db' } }, spec: claim.spec });
  expect(db.get('Pod', 'db-0').spec).toMatchObject({
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } }],
  });
  db.delete('Pod', 'db-0');
  expect(db.get('Pod', 'db-0').metadata.uid).toBeDefined();
  expect(db.get('PersistentVolumeClaim', 'data-db-0').metadata.uid).toBe(made.metadata.uid);
});

test('a pod that has ended is made anew', () => {
  using db = cluster();
  db.add('apps/v1', 'StatefulSet', statefulSet({ replicas: 1 }));
  const pod = db.get('Pod', 'db-0');
  db.setStatus(pod, { phase: 'Failed' });
  expect(db.get('Pod', 'db-0').metadata.uid).not.toBe(pod.metadata.uid);
});

test('the history keeps as many revisions as it should, and an earlier one becomes the latest', () => {
  using db = cluster();
  db.add('apps/v1', 'StatefulSet', statefulSet({ revisionHistoryLimit: 1 }));
  for (const tag of [2, 3, 2]) db.specify('StatefulSet', 'db', { template: template('db', `image:${tag}`) });
  const numbers = db.list('ControllerRevision').map(({ revision }) => revision as number);
  expect([...numbers].sort()).toEqual([3, 4]);
});

test('a pod of another owner that has the name is left alone', () => {
  using db = cluster();
  db.add('v1', 'Pod', { name: 'db-0', spec: { containers: [] } });
  db.add('apps/v1', 'StatefulSet', statefulSet());
  expect(db.names('Pod')).toEqual(['db-0']);
  expect(db.get('Pod', 'db-0').metadata.ownerReferences).toBeUndefined();
});

test('a stateful set whose name is taken says so, and goes on when it is free', () => {
  using db = cluster();
  db.add('v1', 'Pod', { name: 'db-1', spec: { containers: [] } });
  db.add('apps/v1', 'StatefulSet', statefulSet());
  expect(db.names('Pod')).toEqual(['db-0', 'db-1']);
  expect(db.list('Event').map(({ reason, type }) => `${String(type)} ${String(reason)}`)).toContain(
    'Warning FailedCreate',
  );
  db.delete('Pod', 'db-1');
  expect(db.names('Pod')).toEqual(['db-0', 'db-1', 'db-2']);
});
