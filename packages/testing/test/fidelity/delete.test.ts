import { test } from 'vitest';
import { configMap, deployment, pod } from './helpers/objects.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

test.concurrent('delete by name says so, and a second time that there is none', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', {}));
  expect(await namespace.kubectl('delete configmap settings')).toMatchInlineSnapshot(
    `configmap "settings" deleted from NAMESPACE namespace`,
  );
  expect(await namespace.kubectl('delete configmap settings')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): configmaps "settings" not found
    exit code 1
  `);
  expect(await namespace.kubectl('delete configmap settings --ignore-not-found')).toMatchInlineSnapshot(``);
});

test.concurrent('delete -l takes what matches', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('a', {}), configMap('b', {}), configMap('c', {}));
  await namespace.kubectlOrFail('label cm a b set=one');
  expect(await namespace.kubectl('delete cm -l set=one')).toMatchInlineSnapshot(`
    configmap "a" deleted from NAMESPACE namespace
    configmap "b" deleted from NAMESPACE namespace
  `);
  expect(await namespace.kubectl('delete cm -l set=two')).toMatchInlineSnapshot(`No resources found`);
});

test.concurrent('delete --all takes everything of a kind', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlOrFail('create secret generic a');
  await namespace.kubectlOrFail('create secret generic b');
  expect(await namespace.kubectl('delete secrets --all')).toMatchInlineSnapshot(`
    secret "a" deleted from NAMESPACE namespace
    secret "b" deleted from NAMESPACE namespace
  `);
  expect(await namespace.kubectl('get secrets')).toMatchInlineSnapshot(`! No resources found in NAMESPACE namespace.`);
});

test.concurrent('delete --dry-run=server deletes nothing', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', {}));
  expect(await namespace.kubectl('delete cm settings --dry-run=server')).toMatchInlineSnapshot(
    `configmap "settings" deleted from NAMESPACE namespace (server dry run)`,
  );
  expect(await namespace.kubectl('get cm settings -o name')).toMatchInlineSnapshot(`configmap/settings`);
});

test.concurrent('delete of a pod waits until it is gone', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/single --timeout=30s');
  expect(await namespace.kubectl('delete pod single --grace-period=1')).toMatchInlineSnapshot(
    `pod "single" deleted from NAMESPACE namespace`,
  );
  expect(await namespace.kubectl('get pod single')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): pods "single" not found
    exit code 1
  `);
});

test.concurrent('delete --now and --force take a pod at once', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('a'), pod('b'));
  expect(await namespace.kubectl('delete pod a --force')).toMatchInlineSnapshot(`
    pod "a" force deleted from NAMESPACE namespace
    ! Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.
  `);
  expect(await namespace.kubectl('delete pod b --now')).toMatchInlineSnapshot(
    `pod "b" deleted from NAMESPACE namespace`,
  );
});

test.concurrent('delete --wait=false leaves an object with a finalizer terminating', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const metadata = { name: 'held', finalizers: ['kforge.example/hold'] };
  await namespace.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
  expect(await namespace.kubectl('delete cm held --wait=false')).toMatchInlineSnapshot(
    `configmap "held" deleted from NAMESPACE namespace`,
  );
  const held = await namespace.get('cm held');
  expect([held.metadata.deletionGracePeriodSeconds, typeof held.metadata.deletionTimestamp]).toEqual([0, 'string']);
  expect(
    await namespace.kubectl('patch cm held --type=merge -p {"metadata":{"finalizers":null}}'),
  ).toMatchInlineSnapshot(`configmap/held patched`);
  expect(await namespace.kubectl('get cm held')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): configmaps "held" not found
    exit code 1
  `);
});

test.concurrent('delete --timeout ends while the object is still there', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const metadata = { name: 'held', finalizers: ['kforge.example/hold'] };
  await namespace.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
  expect(await namespace.kubectl('delete cm held --timeout=1s')).toMatchInlineSnapshot(`
    configmap "held" deleted from NAMESPACE namespace
    ! error: timed out waiting for the condition on configmaps/held
    exit code 1
  `);
  await namespace.kubectlOrFail('patch cm held --type=merge -p {"metadata":{"finalizers":null}}');
});

test.concurrent('delete of a deployment takes its replica sets and pods along', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(deployment('web'));
  await namespace.rolledOut('web');
  expect(await namespace.kubectl('delete deployment web')).toMatchInlineSnapshot(
    `deployment.apps "web" deleted from NAMESPACE namespace`,
  );
  expect(await namespace.kubectl('wait --for=delete replicaset,pod -l app=web --timeout=30s')).toMatchObject({
    code: 0,
  });
});

test.concurrent('delete --cascade=orphan leaves the pods', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(deployment('web'));
  await namespace.rolledOut('web');
  expect(await namespace.kubectl('delete deployment web --cascade=orphan')).toMatchInlineSnapshot(
    `deployment.apps "web" deleted from NAMESPACE namespace`,
  );
  const replicaSets = await namespace.get('replicaset');
  expect([replicaSets.items.length, replicaSets.items[0].metadata.ownerReferences]).toEqual([1, undefined]);
  expect((await namespace.get('pods')).items).toHaveLength(1);
});

test.concurrent('delete --cascade=foreground takes the pods first', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(deployment('web'));
  await namespace.rolledOut('web');
  expect(await namespace.kubectl('delete deployment web --cascade=foreground')).toMatchInlineSnapshot(
    `deployment.apps "web" deleted from NAMESPACE namespace`,
  );
  expect((await namespace.get('replicasets,pods')).items).toEqual([]);
});

test.concurrent('delete of a namespace takes everything in it', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', {}), pod('single'));
  expect(await namespace.kubectl(`delete namespace ${namespace.name}`)).toMatchInlineSnapshot(
    `namespace "NAMESPACE" deleted`,
  );
  expect(await namespace.kubectl(`get namespace ${namespace.name}`)).toMatchInlineSnapshot(`
    ! Error from server (NotFound): namespaces "NAMESPACE" not found
    exit code 1
  `);
});

test.concurrent('a namespace that terminates takes no new objects', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const metadata = { name: 'held', finalizers: ['kforge.example/hold'] };
  await namespace.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
  await namespace.kubectlOrFail(`delete namespace ${namespace.name} --wait=false`);
  expect(await namespace.kubectl('create configmap late')).toMatchInlineSnapshot(`
    ! error: failed to create configmap: configmaps "late" is forbidden: unable to create new content in namespace NAMESPACE because it is being terminated
    exit code 1
  `);
  expect(await namespace.kubectl(`get namespace ${namespace.name}`)).toMatchInlineSnapshot(`
    NAME  STATUS  AGE
    NAMESPACE  Terminating  AGE
  `);
  await namespace.kubectlOrFail('patch cm held --type=merge -p {"metadata":{"finalizers":null}}');
});
