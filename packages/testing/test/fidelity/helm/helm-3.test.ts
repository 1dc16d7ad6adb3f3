import { test } from 'vitest';
import { useCluster } from '../helpers/use-cluster.ts';
import { type HelmWords, installBehaviours } from './install-behaviours.ts';
import { upgradeBehaviours } from './upgrade-behaviours.ts';

const WORDS: HelmWords = {
  nameInUse: /^Error: INSTALLATION FAILED: cannot re-use a name that is still in use\n$/,
  waitTimeout: /^Error: INSTALLATION FAILED: context deadline exceeded\n$/,
  hookFailure:
    /^Error: INSTALLATION FAILED: failed pre-install: 1 error occurred:\n\t\* job web-hook failed: BackoffLimitExceeded\n/,
  testFailure: /^Error: 1 error occurred:\n\t\* pod web-test failed\n/,
  undo: '--atomic',
  undone:
    /release web failed, and has been (uninstalled|rolled back) due to atomic being set: context deadline exceeded\n$/,
};

const freshNamespace = useCluster();

installBehaviours('helm-3', WORDS, freshNamespace);
upgradeBehaviours('helm-3', WORDS, freshNamespace);

test.concurrent('upgrade takes back what was changed by hand', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.helm('helm-3', 'install web CHART --set replicas=0');
  await namespace.kubectlOrFail('patch cm web-settings -p {"data":{"colour":"manual"}}');
  expect(await namespace.helm('helm-3', 'upgrade web CHART --set replicas=0')).toMatchObject({ code: 0 });
  expect(await namespace.field('cm web-settings', '.data.colour')).toBe('blue');
});
