import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'vitest';
import { writeChart } from '../helpers/charts.ts';
import { gadgetDefinition } from '../helpers/gadget-definition.ts';
import { configMap } from '../helpers/objects.ts';
import type { HelmName } from '../helpers/test-cluster.ts';
import type { TestNamespace } from '../helpers/test-namespace.ts';

/** What differs between the two helms. */
export interface HelmWords {
  readonly nameInUse: RegExp;
  readonly waitTimeout: RegExp;
  readonly hookFailure: RegExp;
  readonly testFailure: RegExp;
  /** The flag that undoes what failed. */
  readonly undo: string;
  readonly undone: RegExp;
}

/** Defines the tests of `helm install` and `helm test`. */
export function installBehaviours(
  helm: HelmName,
  words: HelmWords,
  freshNamespace: () => Promise<TestNamespace>,
): void {
  test.concurrent('install --wait brings a release up and prints its notes', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const { code, stdout, stderr } = await namespace.helm(helm, 'install web CHART --wait --timeout 30s');
    expect([code, stderr]).toEqual([0, '']);
    for (const line of ['NAME: web', 'NAMESPACE: NAMESPACE', 'STATUS: deployed', 'REVISION: 1']) {
      expect(stdout.split('\n')).toContain(line);
    }
    expect(stdout).toMatch(/NOTES:\nweb is blue in revision 1\.\n$/);
    expect(await namespace.field('deployment web', '.status.availableReplicas')).toBe('1');
  });

  test.concurrent('install marks its objects and keeps the release in a secret', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART');
    const { metadata } = await namespace.get('service web');
    expect([metadata.labels, metadata.annotations]).toEqual([
      { 'app.kubernetes.io/managed-by': 'Helm' },
      { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': namespace.name },
    ]);
    const secret = await namespace.get('secret sh.helm.release.v1.web.v1');
    expect([secret.type, secret.metadata.labels]).toMatchObject([
      'helm.sh/release.v1',
      { name: 'web', owner: 'helm', status: 'deployed', version: '1' },
    ]);
  });

  test.concurrent('install under a name in use fails', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART');
    const { code, stderr } = await namespace.helm(helm, 'install web CHART');
    expect([code, stderr]).toEqual([1, expect.stringMatching(words.nameInUse)]);
  });

  test.concurrent('install --create-namespace makes the namespace, and without it fails', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const other = `${namespace.name}-b`;
    namespace.alsoDelete(`namespace/${other}`);
    const { code, stderr } = await namespace.helm(helm, `install web CHART -n ${other}`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('namespaces "NAMESPACE-b" not found')]);
    expect(await namespace.helm(helm, `install web CHART -n ${other} --create-namespace`)).toMatchObject({ code: 0 });
    expect(await namespace.field(`namespace ${other}`, '.metadata.labels.name')).toBe(other);
  });

  test.concurrent('install --dry-run=server renders and stores nothing', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const { code, stdout } = await namespace.helm(helm, 'install web CHART --dry-run=server');
    expect([code, stdout]).toEqual([0, expect.stringContaining('kind: Deployment')]);
    expect((await namespace.get('deployments,secrets,services')).items).toEqual([]);
  });

  test.concurrent('install runs a hook first and deletes it as its policy says', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const hook = ['--set-string', 'hook=echo hooked,hookPolicy=hook-succeeded'];
    expect(await namespace.helm(helm, 'install web CHART --timeout 30s', ...hook)).toMatchObject({
      code: 0,
      stderr: '',
    });
    const event = await namespace.get('events --field-selector', 'involvedObject.kind=Job,reason=Completed');
    expect(event.items).toHaveLength(1);
    expect(await namespace.kubectl('wait --for=delete job/web-hook --timeout=20s')).toMatchObject({ code: 0 });
  });

  test.concurrent('install whose hook fails is a failed release', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const { code, stderr } = await namespace.helm(helm, 'install web CHART --timeout 30s --set-string', 'hook=exit 1');
    expect([code, stderr]).toEqual([1, expect.stringMatching(words.hookFailure)]);
    expect((await namespace.helm(helm, 'status web')).stdout).toContain('STATUS: failed\n');
    expect((await namespace.get('deployments')).items).toEqual([]);
  });

  test.concurrent('install --wait gives up after its timeout', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const command = 'install web CHART --wait --timeout 3s --set image=nope.invalid/x:1';
    const { code, stderr } = await namespace.helm(helm, command);
    expect([code, stderr]).toEqual([1, expect.stringMatching(words.waitTimeout)]);
    expect((await namespace.helm(helm, 'list --failed -q')).stdout).toBe('web\n');
  });

  test.concurrent('install that is to be undone on failure leaves nothing', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const command = `install web CHART ${words.undo} --timeout 3s --set image=nope.invalid/x:1`;
    const { code, stderr } = await namespace.helm(helm, command);
    expect([code, stderr]).toEqual([1, expect.stringMatching(words.undone)]);
    expect((await namespace.helm(helm, 'list -a -q')).stdout).toBe('');
    expect((await namespace.get('services,configmaps --field-selector metadata.name!=kube-root-ca.crt')).items).toEqual(
      [],
    );
  });

  test.concurrent('install over an object of someone else fails', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.create(configMap('web-settings', { a: '1' }));
    const { code, stderr } = await namespace.helm(helm, 'install web CHART');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /ConfigMap "web-settings" in namespace "NAMESPACE" exists and cannot be imported into the current release: invalid ownership metadata/,
      ),
    ]);
    expect(await namespace.helm(helm, 'install web CHART --take-ownership')).toMatchObject({ code: 0 });
  });

  test.concurrent('install adds the definitions of a chart, and uninstall keeps them', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const group = `${namespace.name}.example`;
    namespace.alsoDelete(`crd/gadgets.${group}`);
    const chart = await writeChart({ parent: namespace.cluster.folder, crd: gadgetDefinition(group) });
    expect(await namespace.run(helm, [`install web ${chart}`])).toMatchObject({ code: 0 });
    await namespace.kubectlOrFail(`wait --for=condition=Established crd/gadgets.${group} --timeout=30s`);
    await namespace.helm(helm, 'uninstall web');
    expect(await namespace.field(`crd gadgets.${group}`, '.spec.names.kind')).toBe('Gadget');
    await rm(path.join(chart, 'crds'), { recursive: true });
  });

  test.concurrent('test runs the test pod and --logs prints what it said', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART');
    const { code, stdout } = await namespace.helm(helm, 'test web --logs --timeout 30s');
    expect(code).toBe(0);
    expect(stdout).toMatch(/TEST SUITE: +web-test\n/);
    expect(stdout).toMatch(/Phase: +Succeeded\n/);
    expect(stdout).toMatch(/POD LOGS: web-test( \(test\))?\nthe test is fine\n/);
  });

  test.concurrent('test fails with its pod', async ({ expect }) => {
    await using namespace = await freshNamespace();
    await namespace.helm(helm, 'install web CHART --set-string', 'test=exit 1');
    const { code, stdout, stderr } = await namespace.helm(helm, 'test web --timeout 30s');
    expect([code, stderr]).toEqual([1, expect.stringMatching(words.testFailure)]);
    expect(stdout).toMatch(/Phase: +Failed\n/);
  });

  test.concurrent('template and lint need no cluster', async ({ expect }) => {
    await using namespace = await freshNamespace();
    const environment = { KUBECONFIG: '/dev/null' };
    const chart = await namespace.cluster.chart();
    expect((await namespace.run(helm, [`template web ${chart}`], { environment })).stdout).toContain(
      'kind: Deployment',
    );
    expect(await namespace.run(helm, [`lint ${chart}`], { environment })).toMatchObject({ code: 0 });
  });
}
