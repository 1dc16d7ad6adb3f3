import { test } from 'vitest';
import { configMap, container, deployment } from './helpers/objects.ts';
import type { TestNamespace } from './helpers/test-namespace.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

/** A deployment without pods. */
async function withDeployment(namespace: TestNamespace): Promise<void> {
  await namespace.create(deployment('web', { replicas: 0, containers: [container({ name: 'web' })] }));
}

test.concurrent('patch --type=strategic merges lists by their keys', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withDeployment(namespace);
  const patch = { spec: { template: { spec: { containers: [{ name: 'web', env: [{ name: 'A', value: '1' }] }] } } } };
  expect(await namespace.kubectl('patch deployment web -p', JSON.stringify(patch))).toMatchInlineSnapshot(
    `deployment.apps/web patched`,
  );
  const { spec } = await namespace.get('deployment web');
  expect(spec.template.spec.containers).toMatchObject([
    { name: 'web', image: 'kforge.test/podserver:1', env: [{ name: 'A', value: '1' }] },
  ]);
});

test.concurrent('patch --type=merge replaces lists and removes by null', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1', b: '2' }));
  expect(
    await namespace.kubectl('patch cm settings --type=merge -p', '{"data":{"a":null,"c":"3"}}'),
  ).toMatchInlineSnapshot(`configmap/settings patched`);
  expect((await namespace.get('cm settings')).data).toEqual({ b: '2', c: '3' });
});

test.concurrent('patch --type=json does its operations', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1' }));
  const operations = [
    { op: 'test', path: '/data/a', value: '1' },
    { op: 'replace', path: '/data/a', value: '2' },
  ];
  expect(await namespace.kubectl('patch cm settings --type=json -p', JSON.stringify(operations))).toMatchInlineSnapshot(
    `configmap/settings patched`,
  );
  expect((await namespace.get('cm settings')).data).toEqual({ a: '2' });
});

test.concurrent('patch --type=json whose test fails changes nothing', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1' }));
  const operations = [{ op: 'test', path: '/data/a', value: 'no' }];
  expect(
    await namespace.kubectl('patch cm settings --type=json -p', JSON.stringify(operations)),
  ).toMatchInlineSnapshot(`
    ! The request is invalid: the server rejected our request due to an error in our request
    exit code 1
  `);
});

test.concurrent('patch --type=json of a path that is not there fails', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1' }));
  const operations = [{ op: 'remove', path: '/data/nope' }];
  expect(
    await namespace.kubectl('patch cm settings --type=json -p', JSON.stringify(operations)),
  ).toMatchInlineSnapshot(`
    ! The request is invalid: the server rejected our request due to an error in our request
    exit code 1
  `);
});

test.concurrent('patch without a difference says so', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1' }));
  expect(await namespace.kubectl('patch cm settings -p {"data":{"a":"1"}}')).toMatchInlineSnapshot(
    `configmap/settings patched (no change)`,
  );
});

test.concurrent('patch of something unknown fails', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectl('patch cm nope -p {"data":{"a":"1"}}')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): configmaps "nope" not found
    exit code 1
  `);
});

test.concurrent('patch --subresource=scale changes the replicas', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withDeployment(namespace);
  expect(
    await namespace.kubectl('patch deployment web --subresource=scale --type=merge -p {"spec":{"replicas":2}}'),
  ).toMatchInlineSnapshot(`scale.autoscaling/web patched`);
  expect(await namespace.field('deployment web', '.spec.replicas')).toBe('2');
});

test.concurrent('label adds, refuses to overwrite, overwrites and removes', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', {}));
  expect(await namespace.kubectl('label cm settings tier=back')).toMatchInlineSnapshot(`configmap/settings labeled`);
  expect(await namespace.kubectl('label cm settings tier=front')).toMatchInlineSnapshot(`
    ! error: 'tier' already has a value (back), and --overwrite is false
    exit code 1
  `);
  expect(await namespace.kubectl('label cm settings tier=front --overwrite')).toMatchInlineSnapshot(
    `configmap/settings labeled`,
  );
  expect(await namespace.kubectl('label cm settings tier-')).toMatchInlineSnapshot(`configmap/settings unlabeled`);
  expect((await namespace.get('cm settings')).metadata.labels).toBeUndefined();
});

test.concurrent('label refuses a value that is no label', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', {}));
  expect(await namespace.kubectl('label cm settings tier=a/b')).toMatchInlineSnapshot(`
    ! error: invalid label value: "tier=a/b": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
    exit code 1
  `);
});

test.concurrent('annotate adds and removes', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', {}));
  expect(await namespace.kubectl('annotate cm settings note=hello')).toMatchInlineSnapshot(
    `configmap/settings annotated`,
  );
  expect((await namespace.get('cm settings')).metadata.annotations).toEqual({ note: 'hello' });
  expect(await namespace.kubectl('annotate cm settings note-')).toMatchInlineSnapshot(`configmap/settings annotated`);
});

test.concurrent('set image changes one container', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withDeployment(namespace);
  expect(await namespace.kubectl('set image deployment/web web=kforge.test/podserver:2')).toMatchInlineSnapshot(
    `deployment.apps/web image updated`,
  );
  expect(await namespace.kubectl('set image deployment/web nope=x')).toMatchInlineSnapshot(`
    ! error: unable to find container named "nope"
    exit code 1
  `);
  expect((await namespace.get('deployment web')).metadata.generation).toBe(2);
});

test.concurrent('set env and set resources change the template', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withDeployment(namespace);
  expect(await namespace.kubectl('set env deployment/web A=1')).toMatchInlineSnapshot(
    `deployment.apps/web env updated`,
  );
  expect(await namespace.kubectl('set env deployment/web --list')).toMatchInlineSnapshot(`
    # Deployment web, container web
    A=1
  `);
  expect(await namespace.kubectl('set resources deployment/web --requests=cpu=10m')).toMatchInlineSnapshot(
    `deployment.apps/web resource requirements updated`,
  );
  expect(await namespace.kubectl('set serviceaccount deployment/web robot')).toMatchInlineSnapshot(
    `deployment.apps/web serviceaccount updated`,
  );
});

test.concurrent('scale changes the replicas', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withDeployment(namespace);
  expect(await namespace.kubectl('scale deployment web --replicas=1')).toMatchInlineSnapshot(
    `deployment.apps/web scaled`,
  );
  await namespace.rolledOut('web');
  expect(await namespace.kubectl('scale deployment web --replicas=2 --current-replicas=5')).toMatchInlineSnapshot(`
    ! error: Expected replicas to be 5, was 1
    exit code 1
  `);
  expect(await namespace.kubectl('scale deployment nope --replicas=1')).toMatchInlineSnapshot(`
    ! error: no objects passed to scale deployments.apps "nope" not found
    exit code 1
  `);
});

test.concurrent('replace puts another object in its place', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1' }));
  expect(await namespace.kubectlWith(configMap('settings', { b: '2' }), 'replace -f -')).toMatchInlineSnapshot(
    `configmap/settings replaced`,
  );
  expect((await namespace.get('cm settings')).data).toEqual({ b: '2' });
  expect(await namespace.kubectlWith(configMap('nope', { b: '2' }), 'replace -f -')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): error when replacing "STDIN": configmaps "nope" not found
    exit code 1
  `);
});

test.concurrent('replace --force deletes and creates', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1' }));
  const before = await namespace.field('cm settings', '.metadata.uid');
  expect(await namespace.kubectlWith(configMap('settings', { b: '2' }), 'replace --force -f -')).toMatchInlineSnapshot(`
    configmap "settings" deleted from NAMESPACE namespace
    configmap/settings replaced
  `);
  expect(await namespace.field('cm settings', '.metadata.uid')).not.toBe(before);
});

test.concurrent('replace with an old resource version conflicts', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', { a: '1' }));
  const old = await namespace.get('cm settings');
  await namespace.kubectlOrFail('patch cm settings -p {"data":{"a":"2"}}');
  expect(await namespace.kubectlWith({ ...old, data: { a: '3' } }, 'replace -f -')).toMatchInlineSnapshot(`
    ! Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "settings": the object has been modified; please apply your changes to the latest version and try again
    exit code 1
  `);
});

test.concurrent('the generation counts changes of the spec, not of labels', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await withDeployment(namespace);
  await namespace.kubectlOrFail('label deployment web a=b');
  expect((await namespace.get('deployment web')).metadata.generation).toBe(1);
  await namespace.kubectlOrFail('patch deployment web -p {"spec":{"minReadySeconds":1}}');
  expect((await namespace.get('deployment web')).metadata.generation).toBe(2);
});
