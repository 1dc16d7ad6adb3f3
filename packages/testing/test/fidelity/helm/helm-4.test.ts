import { test } from 'vitest';
import { useCluster } from '../helpers/use-cluster.ts';
import { type HelmWords, installBehaviours } from './install-behaviours.ts';
import { upgradeBehaviours } from './upgrade-behaviours.ts';

const WORDS: HelmWords = {
  nameInUse: /\nError: INSTALLATION FAILED: release name check failed: cannot reuse a name that is still in use\n$/,
  waitTimeout:
    /resource Deployment\/NAMESPACE\/web not ready\. status: InProgress, message: .*\n(.*\n)?context deadline exceeded\n$/,
  hookFailure:
    /^Error: INSTALLATION FAILED: failed pre-install: resource Job\/NAMESPACE\/web-hook not ready\. status: Failed, message: Job Failed\. failed: 1\/1\n/,
  testFailure: /^Error: resource Pod\/NAMESPACE\/web-test not ready\. status: Failed, message: pod web-test failed\n/,
  undo: '--rollback-on-failure',
  undone: /release web failed, and has been (uninstalled|rolled back) due to rollback-on-failure being set: /,
};

const CONFLICT =
  /conflict occurred while applying object NAMESPACE\/web-settings \/v1, Kind=ConfigMap: Apply failed with 1 conflict: conflict with "kubectl-patch"/;

const freshNamespace = useCluster();

installBehaviours('helm-4', WORDS, freshNamespace);
upgradeBehaviours('helm-4', WORDS, freshNamespace);

test.concurrent('upgrade refuses to take back what was changed by hand, unless it is forced', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.helm('helm-4', 'install web CHART --set replicas=0');
  await namespace.kubectlOrFail('patch cm web-settings -p {"data":{"colour":"manual"}}');
  const { code, stderr } = await namespace.helm('helm-4', 'upgrade web CHART --set replicas=0');
  expect([code, stderr]).toEqual([1, expect.stringMatching(CONFLICT)]);
  const forced = await namespace.helm('helm-4', 'upgrade web CHART --set replicas=0 --force-conflicts');
  expect(forced).toMatchObject({ code: 0 });
  expect(await namespace.field('cm web-settings', '.data.colour')).toBe('blue');
});

test.concurrent('install --server-side=false does without server-side apply', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.helm('helm-4', 'install web CHART --server-side=false')).toMatchObject({ code: 0 });
  const { metadata } = await namespace.get('service web --show-managed-fields');
  expect(metadata.managedFields[0].operation).toBe('Update');
});

test.concurrent('install applies on the server by default', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.helm('helm-4', 'install web CHART')).toMatchObject({ code: 0 });
  const { metadata } = await namespace.get('service web --show-managed-fields');
  expect(metadata.managedFields).toMatchObject([{ manager: 'helm', operation: 'Apply' }]);
});
