import { test } from 'vitest';
import { configMap, deployment, pod } from './helpers/objects.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

test.concurrent('wait --for=condition waits for a pod', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  expect(await namespace.kubectl('wait --for=condition=Ready pod/single --timeout=30s')).toMatchInlineSnapshot(
    `pod/single condition met`,
  );
});

test.concurrent('wait --for=condition waits for a deployment', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(deployment('web'));
  expect(await namespace.kubectl('wait --for=condition=Available deployment/web --timeout=30s')).toMatchInlineSnapshot(
    `deployment.apps/web condition met`,
  );
});

test.concurrent('wait --for=jsonpath waits for a value', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  expect(
    await namespace.kubectl('wait --for=jsonpath={.status.phase}=Running pod/single --timeout=30s'),
  ).toMatchInlineSnapshot(`pod/single condition met`);
});

test.concurrent('wait --for=delete waits until it is gone', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  await namespace.kubectlOrFail('delete pod single --wait=false');
  const outcome = await namespace.kubectl('wait --for=delete pod/single --timeout=30s');
  expect([outcome.code, outcome.stderr]).toEqual([0, '']);
});

test.concurrent('wait --for=create waits until it is there', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const waiting = namespace.kubectl('wait --for=create configmap/settings --timeout=30s');
  await namespace.create(configMap('settings', {}));
  expect(await waiting).toMatchInlineSnapshot(`configmap/settings condition met`);
});

test.concurrent('wait ends with its timeout', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('settings', {}));
  expect(await namespace.kubectl('wait --for=condition=Ready configmap/settings --timeout=1s')).toMatchInlineSnapshot(`
    ! error: timed out waiting for the condition on configmaps/settings
    exit code 1
  `);
});

test.concurrent('wait for something unknown fails', async ({ expect }) => {
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
