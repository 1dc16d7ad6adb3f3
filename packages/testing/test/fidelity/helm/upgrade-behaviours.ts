import { test } from 'vitest';
import type { HelmName } from '../helpers/test-cluster.ts';
import type { TestNamespace } from '../helpers/test-namespace.ts';
import type { HelmWords } from './install-behaviours.ts';

/** A line of `helm history -o json`. */
interface RevisionJson {
  readonly status: string;
}

/** Defines the tests of `helm upgrade`, `rollback`, `uninstall` and of what tells about releases. */
export function upgradeBehaviours(
  helm: HelmName,
  words: HelmWords,
  freshNamespace: () => Promise<TestNamespace>,
): void {
  /** A namespace with a release `web` of two revisions. */
  async function withTwoRevisions(): Promise<TestNamespace> {
    const namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART --set settings.colour=red');
    await namespace.helm(helm, 'upgrade web CHART --set settings.colour=green');
    return namespace;
  }

  test.concurrent('upgrade changes what the values change', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART --wait --timeout 30s');
    const command = 'upgrade web CHART --wait --timeout 30s --set settings.colour=red,image=kforge.test/podserver:2';
    const { code, stdout, stderr } = await namespace.helm(helm, command);
    expect([code, stderr, stdout.split('\n')[0]]).toEqual([0, '', 'Release "web" has been upgraded. Happy Helming!']);
    expect(stdout).toContain('REVISION: 2\n');
    expect(await namespace.field('cm web-settings', '.data.colour')).toBe('red');
    expect(await namespace.field('deployment web', '.spec.template.spec.containers[0].image')).toBe(
      'kforge.test/podserver:2',
    );
    expect(await namespace.field('deployment web', '.status.updatedReplicas')).toBe('1');
  });

  test.concurrent('upgrade --install installs what is not there', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const { code, stdout } = await namespace.helm(helm, 'upgrade --install web CHART');
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'Release "web" does not exist. Installing it now.']);
  });

  test.concurrent('upgrade of what is not there fails', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const { code, stderr } = await namespace.helm(helm, 'upgrade web CHART');
    expect([code, stderr]).toEqual([1, 'Error: UPGRADE FAILED: "web" has no deployed releases\n']);
  });

  test.concurrent('upgrade --reuse-values keeps the values', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART --set settings.colour=red');
    await namespace.helm(helm, 'upgrade web CHART --reuse-values --set replicas=0');
    expect(await namespace.field('cm web-settings', '.data.colour')).toBe('red');
    expect(await namespace.field('deployment web', '.spec.replicas')).toBe('0');
  });

  test.concurrent('upgrade deletes what the chart no longer has, unless it is to be kept', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART');
    await namespace.helm(helm, 'install kept CHART --set policy=keep');
    await namespace.helm(helm, 'upgrade web CHART --set settings=null');
    await namespace.helm(helm, 'upgrade kept CHART --set settings=null');
    expect((await namespace.kubectl('get cm web-settings kept-settings -o name')).stdout).toBe(
      'configmap/kept-settings\n',
    );
  });

  test.concurrent('upgrade that is to be undone on failure goes back', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART --wait --timeout 30s');
    const command = `upgrade web CHART ${words.undo} --timeout 3s --set image=nope.invalid/x:1`;
    const { code, stderr } = await namespace.helm(helm, command);
    expect([code, stderr]).toEqual([1, expect.stringMatching(words.undone)]);
    const history = JSON.parse((await namespace.helm(helm, 'history web -o json')).stdout) as readonly RevisionJson[];
    expect(history.map(({ status }) => status)).toEqual(['superseded', 'failed', 'deployed']);
    expect(await namespace.field('deployment web', '.spec.template.spec.containers[0].image')).toBe(
      'kforge.test/podserver:1',
    );
  });

  test.concurrent('upgrade keeps what others have added by hand', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART');
    await namespace.kubectlOrFail('patch cm web-settings -p {"data":{"manual":"yes"}}');
    await namespace.kubectlOrFail('label deployment web manual=yes');
    await namespace.helm(helm, 'upgrade web CHART --set settings.colour=red');
    expect((await namespace.get('cm web-settings')).data).toEqual({ colour: 'red', manual: 'yes' });
    expect(await namespace.field('deployment web', '.metadata.labels.manual')).toBe('yes');
  });

  test.concurrent('rollback goes back to a revision', async ({ expect }) => {
    await using namespace = await withTwoRevisions();
    expect(await namespace.helm(helm, 'rollback web 1')).toMatchObject({ code: 0, stderr: '' });
    expect(await namespace.field('cm web-settings', '.data.colour')).toBe('red');
    const history = JSON.parse((await namespace.helm(helm, 'history web -o json')).stdout) as readonly RevisionJson[];
    expect(history.at(-1)).toMatchObject({ revision: 3, status: 'deployed', description: 'Rollback to 1' });
    const { code, stderr } = await namespace.helm(helm, 'rollback web 9');
    expect([code, stderr]).toEqual([1, 'Error: release has no 9 version\n']);
  });

  test.concurrent('list tells the releases of a namespace', async ({ expect }) => {
    await using namespace = await withTwoRevisions();
    const [release] = JSON.parse((await namespace.helm(helm, 'list -o json')).stdout) as readonly object[];
    expect(release).toMatchObject({
      name: 'web',
      namespace: 'NAMESPACE',
      revision: '2',
      status: 'deployed',
      chart: 'web-0.1.0',
      app_version: '1.0',
    });
    const { stdout } = await namespace.helm(helm, 'list -A -q');
    expect(stdout.split('\n')).toContain('web');
  });

  test.concurrent('history tells the revisions', async ({ expect }) => {
    await using namespace = await withTwoRevisions();
    const history = JSON.parse((await namespace.helm(helm, 'history web -o json')).stdout) as readonly RevisionJson[];
    expect(history).toMatchObject([
      { revision: 1, status: 'superseded', description: 'Install complete' },
      { revision: 2, status: 'deployed', description: 'Upgrade complete' },
    ]);
  });

  test.concurrent('get values, manifest, notes and hooks tell what a revision was', async ({ expect }) => {
    await using namespace = await withTwoRevisions();
    expect((await namespace.helm(helm, 'get values web --revision 1')).stdout).toBe(
      'USER-SUPPLIED VALUES:\nsettings:\n  colour: red\n',
    );
    expect(JSON.parse((await namespace.helm(helm, 'get values web -a -o json')).stdout)).toMatchObject({
      replicas: 1,
      settings: { colour: 'green' },
    });
    expect((await namespace.helm(helm, 'get manifest web')).stdout).toContain('  colour: green\n');
    expect((await namespace.helm(helm, 'get notes web')).stdout).toContain('web is green in revision 2.');
    expect((await namespace.helm(helm, 'get hooks web')).stdout).toContain('name: web-test\n');
    expect(await namespace.helm(helm, 'get all web')).toMatchObject({ code: 0 });
  });

  test.concurrent('status tells the release, and of an unknown one that there is none', async ({ expect }) => {
    await using namespace = await withTwoRevisions();
    expect((await namespace.helm(helm, 'status web')).stdout).toMatch(/STATUS: deployed\nREVISION: 2\n/);
    expect(await namespace.helm(helm, 'status nope')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Error: release: not found\n',
    });
  });

  test.concurrent('uninstall --wait takes everything along', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART');
    const { code, stdout } = await namespace.helm(helm, 'uninstall web --wait --timeout 30s');
    expect([code, stdout]).toEqual([0, 'release "web" uninstalled\n']);
    const left = await namespace.get(
      'deployments,services,secrets,configmaps --field-selector metadata.name!=kube-root-ca.crt',
    );
    expect(left.items).toEqual([]);
    const again = await namespace.helm(helm, 'uninstall web');
    expect([again.code, again.stderr]).toEqual([1, 'Error: uninstall: Release not loaded: web: release: not found\n']);
  });

  test.concurrent('uninstall --keep-history can be rolled back', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART');
    await namespace.helm(helm, 'uninstall web --keep-history');
    expect((await namespace.helm(helm, 'list --uninstalled -q')).stdout).toBe('web\n');
    expect((await namespace.get('deployments')).items).toEqual([]);
    expect(await namespace.helm(helm, 'rollback web 1')).toMatchObject({ code: 0 });
    expect((await namespace.get('deployments')).items).toHaveLength(1);
  });
}
