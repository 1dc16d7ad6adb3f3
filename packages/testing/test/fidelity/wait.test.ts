import { expect, test } from 'vitest';
import { configMap, deployment, pod } from './helpers/objects.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

test('wait --for=condition waits for a pod', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  expect(await namespace.kubectl('wait --for=condition=Ready pod/single --timeout=30s')).toMatchInlineSnapshot(
    `pod/single condition met`,
  );
});

test('wait --for=condition waits for a deployment', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(deployment('web'));
  expect(await namespace.kubectl('wait --for=condition=Available deployment/web --timeout=30s')).toMatchInlineSnapshot(
    `deployment.apps/web condition met`,
  );
});

test('wait --for=jsonpath waits for a value', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  expect(
    await namespace.kubectl('wait --for=jsonpath={.status.phase}=Running pod/single --timeout=30s'),
  ).toMatchInlineSnapshot(`pod/single condition met`);
});

test('wait --for=delete waits until it is gone', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  await namespace.kubectlOrFail('delete pod single --wait=false');
  const outcome = await namespace.kubectl('wait --for=delete pod/single --timeout=30s');
  expect([outcome.code, outcome.stderr]).toEqual([0, '']);
});

test('wait --for=create waits until it is there', async () => {
  await using namespace = await freshNamespace();
  const waiting = namespace.kubectl('wait --for=create configmap/settings --timeout=30s');
  await namespace.create(configMap('settings', {}));
  expect(await waiting).toMatchInlineSnapshot(`configmap/settings condition met`);
});

test('wait ends with its timeout', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', {}));
  expect(await namespace.kubectl('wait --for=condition=Ready configmap/settings --timeout=1s')).toMatchInlineSnapshot(`
    ! error: timed out waiting for the condition on configmaps/settings
    exit code 1
  `);
});

test('wait for something unknown fails', async () => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectl('wait --for=condition=Ready pod/nope --timeout=1s')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): pods "nope" not found
    exit code 1
  `);
  expect(await namespace.kubectl('wait --for=condition=Ready pod -l app=nope --timeout=1s')).toMatchInlineSnapshot(`
    ! error: no matching resources found
    exit code 1
  `);
});
