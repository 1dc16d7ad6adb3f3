import { test } from 'vitest';
import { container, deployment } from './helpers/objects.ts';
import type { TestNamespace } from './helpers/test-namespace.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

/** A deployment of one pod that is rolled out. */
async function withWeb(namespace: TestNamespace, spec: object = {}): Promise<void> {
  await namespace.create(deployment('web', { containers: [container({ name: 'web' })], ...spec }));
  await namespace.rolledOut('web');
}

/** The images of the pods that are not ending. */
async function images(namespace: TestNamespace): Promise<string[]> {
  const { items } = await namespace.get('pods');
  const living = items.filter(({ metadata }) => !('deletionTimestamp' in metadata));
  return living.map(({ spec }) => spec.containers[0].image);
}

test.concurrent('rollout status waits until new pods are available', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withWeb(namespace);
  await namespace.kubectlOrFail('set image deployment/web web=kforge.test/podserver:2');
  const { code, stdout, stderr } = await namespace.kubectl('rollout status deployment/web --timeout=30s');
  expect([code, stderr, stdout.trimEnd().split('\n').at(-1)]).toEqual([
    0,
    '',
    'deployment "web" successfully rolled out',
  ]);
  expect(await images(namespace)).toEqual(['kforge.test/podserver:2']);
});

test.concurrent('rollout status --watch=false tells how it stands', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(deployment('web', { containers: [container({ image: 'nope.invalid/x:1' })] }));
  await namespace.kubectlOrFail('wait --for=jsonpath={.status.unavailableReplicas}=1 deployment/web --timeout=30s');
  expect(await namespace.kubectl('rollout status deployment/web --watch=false')).toMatchInlineSnapshot(
    `Waiting for deployment "web" rollout to finish: 0 of 1 updated replicas are available...`,
  );
});

test.concurrent('rollout history lists revisions with their causes', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withWeb(namespace);
  await namespace.kubectlOrFail('annotate deployment/web kubernetes.io/change-cause=first');
  await namespace.kubectlOrFail('set image deployment/web web=kforge.test/podserver:2');
  await namespace.rolledOut('web');
  expect(await namespace.kubectl('rollout history deployment/web')).toMatchInlineSnapshot(`
    deployment.apps/web
    REVISION  CHANGE-CAUSE
    1  first
    2  first
  `);
  expect((await namespace.kubectl('rollout history deployment/web --revision=2')).stdout).toContain(
    'kforge.test/podserver:2',
  );
  expect(await namespace.kubectl('rollout history deployment/web --revision=9')).toMatchInlineSnapshot(`
    ! error: unable to find the specified revision
    exit code 1
  `);
});

test.concurrent('rollout undo goes back to the replica set before', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withWeb(namespace);
  await namespace.kubectlOrFail('set image deployment/web web=kforge.test/podserver:2');
  await namespace.rolledOut('web');
  expect(await namespace.kubectl('rollout undo deployment/web')).toMatchInlineSnapshot(
    `deployment.apps/web rolled back`,
  );
  await namespace.rolledOut('web');
  const { metadata, spec } = await namespace.get('deployment web');
  expect([spec.template.spec.containers[0].image, metadata.annotations?.['deployment.kubernetes.io/revision']]).toEqual(
    ['kforge.test/podserver:1', '3'],
  );
  expect((await namespace.get('replicasets')).items).toHaveLength(2);
});

test.concurrent('rollout undo without an earlier revision fails', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withWeb(namespace);
  expect(await namespace.kubectl('rollout undo deployment/web')).toMatchInlineSnapshot(`
    ! error: no rollout history found for deployment "web"
    exit code 1
  `);
  expect(await namespace.kubectl('rollout undo deployment/web --to-revision=7')).toMatchInlineSnapshot(`
    ! error: unable to find specified revision 7 in history
    exit code 1
  `);
});

test.concurrent('rollout restart replaces the pods', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withWeb(namespace);
  const before = await namespace.field('pods', '.items[0].metadata.uid');
  expect(await namespace.kubectl('rollout restart deployment/web')).toMatchInlineSnapshot(
    `deployment.apps/web restarted`,
  );
  await namespace.rolledOut('web');
  const { items } = await namespace.get('pods');
  const living = items.filter(({ metadata }) => !('deletionTimestamp' in metadata));
  expect(living).toHaveLength(1);
  expect(living[0]?.metadata.uid).not.toBe(before);
  const annotations = await namespace.field('deployment web', '.spec.template.metadata.annotations');
  expect(annotations).toContain('kubectl.kubernetes.io/restartedAt');
});

test.concurrent('a paused rollout waits to be resumed', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withWeb(namespace);
  expect(await namespace.kubectl('rollout pause deployment/web')).toMatchInlineSnapshot(`deployment.apps/web paused`);
  await namespace.kubectlOrFail('set image deployment/web web=kforge.test/podserver:2');
  expect(await namespace.kubectl('rollout pause deployment/web')).toMatchInlineSnapshot(`
    ! error: deployments.apps "web" is already paused
    exit code 1
  `);
  await namespace.kubectlOrFail('wait --for=jsonpath={.status.observedGeneration}=3 deployment/web --timeout=30s');
  expect(await images(namespace)).toEqual(['kforge.test/podserver:1']);
  expect(await namespace.kubectl('rollout restart deployment/web')).toMatchInlineSnapshot(`
    ! error: deployments.apps "web" can't restart paused deployment (run rollout resume first)
    exit code 1
  `);
  expect(await namespace.kubectl('rollout resume deployment/web')).toMatchInlineSnapshot(`deployment.apps/web resumed`);
  await namespace.rolledOut('web');
  expect(await images(namespace)).toEqual(['kforge.test/podserver:2']);
});

test.concurrent('strategy Recreate ends the old pods first', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withWeb(namespace, { strategy: { type: 'Recreate' } });
  await namespace.kubectlOrFail('set image deployment/web web=kforge.test/podserver:2');
  await namespace.rolledOut('web');
  expect(await images(namespace)).toEqual(['kforge.test/podserver:2']);
});

test.concurrent('a rollout to an image that is not there keeps the old pod', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withWeb(namespace);
  await namespace.kubectlOrFail('set image deployment/web web=nope.invalid/x:1');
  expect(await namespace.kubectl('rollout status deployment/web --timeout=1s')).toMatchInlineSnapshot(`
    Waiting for deployment "web" rollout to finish: 1 old replicas are pending termination...
    ! error: timed out waiting for the condition
    exit code 1
  `);
  expect(await namespace.kubectl('get deployment web')).toMatchInlineSnapshot(`
    NAME  READY  UP-TO-DATE  AVAILABLE  AGE
    web  1/1  1  1  AGE
  `);
  expect((await images(namespace)).sort()).toEqual(['kforge.test/podserver:1', 'nope.invalid/x:1']);
});

test.concurrent('a rollout that takes longer than its deadline fails', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const containers = [container({ image: 'nope.invalid/x:1' })];
  await namespace.create(deployment('web', { progressDeadlineSeconds: 1, containers }));
  const { code, stderr } = await namespace.kubectl('rollout status deployment/web --timeout=30s');
  expect([code, stderr]).toEqual([1, 'error: deployment "web" exceeded its progress deadline\n']);
  const { status } = await namespace.get('deployment web');
  expect(status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }),
  );
});

test.concurrent('a stateful set rolls out and names its pods by number', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const labels = { app: 'db' };
  const template = {
    metadata: { labels },
    spec: { terminationGracePeriodSeconds: 0, containers: [container({ name: 'db' })] },
  };
  const spec = { serviceName: 'db', replicas: 2, selector: { matchLabels: labels }, template };
  await namespace.create({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db' }, spec });
  await namespace.kubectlOrFail('rollout status statefulset/db --timeout=30s');
  expect(await namespace.kubectl('get statefulset,pods')).toMatchInlineSnapshot(`
    NAME  READY  AGE
    statefulset.apps/db  2/2  AGE

    NAME  READY  STATUS  RESTARTS  AGE
    pod/db-0  1/1  Running  0  AGE
    pod/db-1  1/1  Running  0  AGE
  `);
  await namespace.kubectlOrFail('set image statefulset/db db=kforge.test/podserver:2');
  const { code, stdout } = await namespace.kubectl('rollout status statefulset/db --timeout=30s');
  const last = stdout.trimEnd().split('\n').at(-1);
  expect([code, last]).toEqual([0, 'partitioned roll out complete: 2 new pods have been updated...']);
});

test.concurrent('a daemon set has a pod on each node that takes it', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const labels = { app: 'agent' };
  const node = namespace.cluster.nodes[0] ?? '';
  const nodeSelector = { 'kubernetes.io/hostname': node };
  const template = {
    metadata: { labels },
    spec: { terminationGracePeriodSeconds: 0, nodeSelector, containers: [container()] },
  };
  const spec = { selector: { matchLabels: labels }, template };
  await namespace.create({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec });
  const { code, stdout } = await namespace.kubectl('rollout status daemonset/agent --timeout=30s');
  expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'daemon set "agent" successfully rolled out']);
  const { status } = await namespace.get('daemonset agent');
  expect([status.desiredNumberScheduled, status.numberReady]).toEqual([1, 1]);
});
