import { test } from 'vitest';
import { configMap, deployment } from './helpers/objects.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

test.concurrent('apply creates, then leaves unchanged, then configures', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply -f -')).toMatchInlineSnapshot(
    `configmap/settings created`,
  );
  expect(await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply -f -')).toMatchInlineSnapshot(
    `configmap/settings unchanged`,
  );
  expect(await namespace.kubectlWith(configMap('settings', { a: '2' }), 'apply -f -')).toMatchInlineSnapshot(
    `configmap/settings configured`,
  );
  expect((await namespace.get('cm settings')).data).toEqual({ a: '2' });
});

test.concurrent('apply of a deployment twice leaves it unchanged', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.apply(deployment('web', { replicas: 0 }));
  expect(await namespace.kubectlWith(deployment('web', { replicas: 0 }), 'apply -f -')).toMatchInlineSnapshot(
    `deployment.apps/web unchanged`,
  );
  expect((await namespace.get('deployment web')).metadata.generation).toBe(1);
});

test.concurrent('apply removes a field that it no longer has, and keeps those of others', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.apply(configMap('settings', { a: '1', b: '2' }));
  await namespace.kubectlOrFail('patch cm settings -p {"data":{"other":"3"}}');
  expect(await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply -f -')).toMatchInlineSnapshot(
    `configmap/settings configured`,
  );
  expect((await namespace.get('cm settings')).data).toEqual({ a: '1', other: '3' });
});

test.concurrent('apply merges containers by their names', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const containers = (image: string) => [{ name: 'web', image }];
  await namespace.apply(deployment('web', { replicas: 0, containers: containers('a:1') }));
  const sidecar = { spec: { template: { spec: { containers: [{ name: 'side', image: 'b:1' }] } } } };
  await namespace.kubectlOrFail('patch deployment web -p', JSON.stringify(sidecar));
  await namespace.apply(deployment('web', { replicas: 0, containers: containers('a:2') }));
  const { spec } = await namespace.get('deployment web');
  const images = spec.template.spec.containers.map(({ image }) => image);
  expect(images.sort()).toEqual(['a:2', 'b:1']);
});

test.concurrent('apply of something created otherwise warns', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1' }));
  expect(await namespace.kubectlWith(configMap('settings', { a: '2' }), 'apply -f -')).toMatchInlineSnapshot(`
    configmap/settings configured
    ! Warning: resource configmaps/settings is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.
  `);
});

test.concurrent('apply --dry-run=server validates and stores nothing', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectlWith(configMap('settings', {}), 'apply --dry-run=server -f -')).toMatchInlineSnapshot(
    `configmap/settings created (server dry run)`,
  );
  expect(await namespace.kubectl('get cm settings')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): configmaps "settings" not found
    exit code 1
  `);
});

test.concurrent('apply of several objects tells of each', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const list = [configMap('a', { a: '1' }), configMap('b', { a: '1' })];
  expect(await namespace.kubectlWith(list, 'apply -f -')).toMatchInlineSnapshot(`
    configmap/a created
    configmap/b created
  `);
  expect(await namespace.kubectlWith(list, 'delete -f - --wait=false')).toMatchInlineSnapshot(`
    configmap "a" deleted from NAMESPACE namespace
    configmap "b" deleted from NAMESPACE namespace
  `);
});

test.concurrent('apply --server-side owns what it says', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(
    await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply --server-side -f -'),
  ).toMatchInlineSnapshot(`configmap/settings serverside-applied`);
  const { metadata } = await namespace.get('cm settings --show-managed-fields');
  expect(metadata.managedFields).toMatchObject([
    { manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {} } } },
  ]);
  expect(metadata.annotations).toBeUndefined();
});

test.concurrent('apply --server-side twice keeps the resource version', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply --server-side -f -');
  const before = await namespace.field('cm settings', '.metadata.resourceVersion');
  await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply --server-side -f -');
  expect(await namespace.field('cm settings', '.metadata.resourceVersion')).toBe(before);
});

test.concurrent('apply --server-side refuses what another manager owns', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply --server-side --field-manager=first -f -');
  expect(
    await namespace.kubectlWith(configMap('settings', { a: '2' }), 'apply --server-side --field-manager=second -f -'),
  ).toMatchInlineSnapshot(`
    ! error: Apply failed with 1 conflict: conflict with "first": .data.a
    ! Please review the fields above--they currently have other managers. Here
    ! are the ways you can resolve this warning:
    ! * If you intend to manage all of these fields, please re-run the apply
    !   command with the \`--force-conflicts\` flag.
    ! * If you do not intend to manage all of the fields, please edit your
    !   manifest to remove references to the fields that should keep their
    !   current managers.
    ! * You may co-own fields by updating your manifest to match the existing
    !   value; in this case, you'll become the manager if the other manager(s)
    !   stop managing the field (remove it from their configuration).
    ! See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
    exit code 1
  `);
  expect((await namespace.get('cm settings')).data).toEqual({ a: '1' });
});

test.concurrent('apply --server-side --force-conflicts takes it over', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply --server-side --field-manager=first -f -');
  expect(
    await namespace.kubectlWith(
      configMap('settings', { a: '2' }),
      'apply --server-side --force-conflicts --field-manager=second -f -',
    ),
  ).toMatchInlineSnapshot(`configmap/settings serverside-applied`);
  const { data, metadata } = await namespace.get('cm settings --show-managed-fields');
  expect([data, metadata.managedFields.map(({ manager }) => manager)]).toEqual([{ a: '2' }, ['second']]);
});

test.concurrent('apply --server-side removes what its manager no longer says', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlWith(configMap('settings', { a: '1', b: '2' }), 'apply --server-side -f -');
  await namespace.kubectlWith(configMap('settings', { a: '1' }), 'apply --server-side -f -');
  expect((await namespace.get('cm settings')).data).toEqual({ a: '1' });
});

test.concurrent('apply --prune deletes what is no longer there', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const labelled = (name: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: { set: 'one' } },
  });
  await namespace.apply(labelled('a'), labelled('b'));
  expect(
    await namespace.kubectlWith(labelled('a'), 'apply -f - --prune -l set=one --prune-allowlist=core/v1/ConfigMap'),
  ).toMatchInlineSnapshot(`
    configmap/a unchanged
    configmap/b pruned
  `);
});

test.concurrent('diff prints what would change and ends with 1', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.apply(configMap('settings', { a: '1' }));
  const { code, stdout } = await namespace.kubectlWith(configMap('settings', { a: '2' }), 'diff -f -');
  const changes = stdout.split('\n').filter((line) => /^[+-] /.test(line));
  expect([code, changes.map((line) => line.replace(/\s+/, ' '))]).toEqual([1, ['- a: "1"', '+ a: "2"']]);
});

test.concurrent('diff of what is as it should be ends with 0', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.apply(configMap('settings', { a: '1' }));
  expect(await namespace.kubectlWith(configMap('settings', { a: '1' }), 'diff -f -')).toMatchInlineSnapshot(``);
});
