import { expect, test } from 'vitest';
import { useNamespace } from './helpers/use-cluster.ts';

const shop = useNamespace(async () => undefined);

test('api-resources tells short names, version and kind', async () => {
  const { stdout } = await shop().kubectl('api-resources --no-headers');
  const named =
    /^(pods|services|configmaps|deployments|jobs|cronjobs|ingresses|networkpolicies|poddisruptionbudgets|roles|events|leases) /;
  expect(
    stdout
      .split('\n')
      .filter((line) => named.test(line))
      .sort()
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "configmaps  cm  v1  true  ConfigMap
    cronjobs  cj  batch/v1  true  CronJob
    deployments  deploy  apps/v1  true  Deployment
    events  ev  events.k8s.io/v1  true  Event
    events  ev  v1  true  Event
    ingresses  ing  networking.k8s.io/v1  true  Ingress
    jobs  batch/v1  true  Job
    leases  coordination.k8s.io/v1  true  Lease
    networkpolicies  netpol  networking.k8s.io/v1  true  NetworkPolicy
    poddisruptionbudgets  pdb  policy/v1  true  PodDisruptionBudget
    pods  po  v1  true  Pod
    roles  rbac.authorization.k8s.io/v1  true  Role
    services  svc  v1  true  Service"
  `);
});

test('api-resources --namespaced=false has nodes and no pods', async () => {
  const { stdout } = await shop().kubectl('api-resources --namespaced=false -o name');
  const names = stdout.split('\n');
  expect([
    names.includes('nodes'),
    names.includes('pods'),
    names.includes('priorityclasses.scheduling.k8s.io'),
  ]).toEqual([true, false, true]);
});

test('api-resources --verbs chooses by what they can', async () => {
  const { stdout } = await shop().kubectl('api-resources --verbs=deletecollection --api-group=apps -o name');
  expect(stdout.trimEnd().split('\n').sort()).toEqual([
    'controllerrevisions.apps',
    'daemonsets.apps',
    'deployments.apps',
    'replicasets.apps',
    'statefulsets.apps',
  ]);
});

test('api-resources --categories=all has what get all prints', async () => {
  const { stdout } = await shop().kubectl('api-resources --categories=all -o name');
  const builtIn = stdout.split('\n').filter((name) => /^[a-z]+(\.(apps|batch|autoscaling))?$/.test(name));
  // The simulated cluster leaves ReplicationControllers out: see docs/simulated-cluster.md.
  expect(builtIn.filter((name) => name !== 'replicationcontrollers').sort()).toEqual([
    'cronjobs.batch',
    'daemonsets.apps',
    'deployments.apps',
    'horizontalpodautoscalers.autoscaling',
    'jobs.batch',
    'pods',
    'replicasets.apps',
    'services',
    'statefulsets.apps',
  ]);
});

test('api-versions lists the groups', async () => {
  const { stdout } = await shop().kubectl('api-versions');
  const versions = [
    'v1',
    'apps/v1',
    'batch/v1',
    'autoscaling/v2',
    'networking.k8s.io/v1',
    'rbac.authorization.k8s.io/v1',
    'policy/v1',
  ];
  const listed = new Set(stdout.split('\n'));
  expect(versions.filter((version) => !listed.has(version))).toEqual([]);
});

test('version tells both versions', async () => {
  expect((await shop().kubectl('version')).stdout).toMatch(
    /^Client Version: v1\.34\.\d+\n(.*\n)?Server Version: v1\.34\.\d+\n$/,
  );
});

test('cluster-info names the control plane', async () => {
  const { code, stdout } = await shop().kubectl('cluster-info');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: kubectl colours this output wherever it goes
  expect([code, stdout.split('\n')[0]?.replace(/\x1b\[[\d;]*m/g, '')]).toEqual([
    0,
    'Kubernetes control plane is running at SERVER',
  ]);
});

test.each(['/readyz', '/healthz', '/livez'])('get --raw %s answers ok', async (path) => {
  expect(await shop().kubectl(`get --raw ${path}`)).toEqual({ code: 0, stdout: 'ok', stderr: '' });
});

test('get --raw /version is the version as JSON', async () => {
  expect(JSON.parse(await shop().kubectlOrFail('get --raw /version'))).toMatchObject({ major: '1', minor: '34' });
});

test('get --raw of an unknown path fails', async () => {
  expect(await shop().kubectl('get --raw /nope')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): the server could not find the requested resource
    exit code 1
  `);
  expect(await shop().kubectl('get --raw /apis/nope/v1')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): the server could not find the requested resource
    exit code 1
  `);
});
