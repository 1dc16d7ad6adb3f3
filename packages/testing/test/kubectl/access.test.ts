import { writeFile } from 'node:fs/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeClock } from '../../src/clock/fake-clock.ts';
import { SimulatedCluster, type SimulatedClusterOptions } from '../../src/index.ts';
import { findKubectl, Kubectl } from '../helpers/kubectl.ts';

// A kubectl with a cold cache on a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

beforeEach(({ skip }) => skip(findKubectl() === undefined, 'there is no kubectl on PATH'));

const RBAC = 'rbac.authorization.k8s.io';

/** A cluster in which the user jane may view the namespace `default`. */
async function start(options: SimulatedClusterOptions = {}) {
  const cluster = await SimulatedCluster.start(options);
  cluster.add({
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'jane' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: 'jane' }],
  });
  cluster.addPod({ name: 'web' });
  const kubectl = await Kubectl.for(cluster);
  return {
    cluster,
    kubectl,
    as: (user: string, ...args: readonly string[]) => kubectl.run(...args, '--as', user),
    [Symbol.asyncDispose]: async () => {
      await cluster.stop();
      await kubectl[Symbol.asyncDispose]();
    },
  };
}

/** The words of each line. */
function cells(output: string): string[][] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/));
}

const CANNOT = 'Error from server (Forbidden):';

test('get as somebody shows what a role lets them see', async () => {
  await using fixture = await start();
  expect((await fixture.as('jane', 'get', 'pods', '-o', 'name')).stdout).toBe('pod/web\n');
  expect((await fixture.as('jane', 'get', 'namespace', 'default', '-o', 'name')).stdout).toBe('namespace/default\n');
  expect((await fixture.as('jane', 'get', 'pods', '-A')).stderr.trim()).toBe(
    `${CANNOT} pods is forbidden: User "jane" cannot list resource "pods" in API group "" at the cluster scope`,
  );
  expect((await fixture.as('jane', 'delete', 'pod', 'web')).stderr.trim()).toBe(
    `${CANNOT} pods "web" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default"`,
  );
  expect((await fixture.as('joe', 'get', 'deployments')).stderr.trim()).toBe(
    `${CANNOT} deployments.apps is forbidden: User "joe" cannot list resource "deployments" in API group "apps" in the namespace "default"`,
  );
});

test('a path that leads to no resource needs a rule over paths', async () => {
  await using fixture = await start();
  expect((await fixture.as('jane', 'get', '--raw', '/healthz')).stdout).toBe('ok');
  expect((await fixture.as('jane', 'get', '--raw', '/metrics')).stderr.trim()).toBe(
    `${CANNOT} forbidden: User "jane" cannot get path "/metrics"`,
  );
});

test('auth can-i says yes or no', async () => {
  await using fixture = await start();
  const canI = async (user: string, ...question: readonly string[]) => {
    const { code, stdout } = await fixture.as(user, 'auth', 'can-i', ...question);
    return [stdout.trim(), code];
  };
  expect(await canI('jane', 'list', 'pods')).toEqual(['yes', 0]);
  expect(await canI('jane', 'get', 'pods', '--subresource=log')).toEqual(['yes', 0]);
  expect(await canI('jane', 'delete', 'pods')).toEqual(['no', 1]);
  expect(await canI('jane', 'get', '/healthz')).toEqual(['yes', 0]);
  expect(await canI('jane', 'get', '/metrics')).toEqual(['no', 1]);
  expect((await fixture.kubectl.run('auth', 'can-i', '*', '*')).stdout).toBe('yes\n');
});

test('auth can-i --list shows the rules', async () => {
  await using fixture = await start();
  const rows = cells((await fixture.as('jane', 'auth', 'can-i', '--list')).stdout);
  expect(rows[0]).toEqual(['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']);
  expect(rows).toContainEqual(['pods/log', '[]', '[]', '[get list watch]']);
  expect(rows).toContainEqual(['[/healthz]', '[]', '[get]']);
  expect(cells((await fixture.kubectl.run('auth', 'can-i', '--list')).stdout)).toContainEqual([
    '*.*',
    '[]',
    '[]',
    '[*]',
  ]);
});

test('auth whoami shows user, groups and credential', async () => {
  await using fixture = await start();
  const rows = cells((await fixture.kubectl.run('auth', 'whoami')).stdout);
  expect(rows.slice(0, 3)).toEqual([
    ['ATTRIBUTE', 'VALUE'],
    ['Username', 'simulated-admin'],
    ['Groups', '[system:masters system:authenticated]'],
  ]);
  expect(rows[3]?.join(' ')).toMatch(
    /^Extra: authentication.kubernetes.io\/credential-id \[X509SHA256=[0-9a-f]{64}\]$/,
  );
  const other = await fixture.kubectl.run('auth', 'whoami', '--as=jane', '--as-group=devs', '--as-uid=7');
  expect(cells(other.stdout).slice(1)).toEqual([
    ['Username', 'jane'],
    ['UID', '7'],
    ['Groups', '[devs system:authenticated]'],
  ]);
});

test('who may not impersonate is refused', async () => {
  await using fixture = await start();
  const jane = fixture.cluster.issueKubeconfig({ user: 'jane' }).path;
  const { stderr } = await fixture.kubectl.run('get', '--raw', '/version', '--kubeconfig', jane, '--as=joe');
  expect(stderr.trim()).toBe(
    `${CANNOT} users "joe" is forbidden: User "jane" cannot impersonate resource "users" in API group "" at the cluster scope`,
  );
});

test('roles and bindings that kubectl creates count at once', async () => {
  await using fixture = await start();
  const { kubectl } = fixture;
  await kubectl.run('create', 'serviceaccount', 'robot');
  await kubectl.run('create', 'role', 'reader', '--verb=get,list', '--resource=configmaps');
  const robot = 'system:serviceaccount:default:robot';
  expect((await fixture.as(robot, 'auth', 'can-i', 'list', 'configmaps')).stdout).toBe('no\n');
  const bound = await kubectl.run('create', 'rolebinding', 'reader', '--role=reader', '--serviceaccount=default:robot');
  expect(bound.stderr).toBe('');
  expect((await fixture.as(robot, 'auth', 'can-i', 'list', 'configmaps')).stdout).toBe('yes\n');
});

test('create token makes a token for a service account', async () => {
  await using fixture = await start();
  const { kubectl } = fixture;
  await kubectl.run('create', 'serviceaccount', 'robot');
  const { stdout, stderr } = await kubectl.run('create', 'token', 'robot');
  expect(stderr).toBe('');
  const nobody = fixture.cluster.issueKubeconfig({ user: 'nobody', credentials: 'token' });
  const config = nobody.text.replace(/"token": ".*"/, `"token": "${stdout.trim()}"`);
  await writeFile(nobody.path, config);
  const whoami = await kubectl.run('auth', 'whoami', '--kubeconfig', nobody.path);
  expect(cells(whoami.stdout)).toContainEqual(['Username', 'system:serviceaccount:default:robot']);
  const short = await kubectl.run('create', 'token', 'robot', '--duration=1m');
  expect(short.stderr.trim()).toBe(
    'error: failed to create token: TokenRequest.authentication.k8s.io "" is invalid: ' +
      'spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
  );
  const unknown = await kubectl.run('create', 'token', 'nope');
  expect(unknown.stderr.trim()).toBe('error: failed to create token: serviceaccounts "nope" not found');
});

test('a token that has expired or was revoked is answered with 401', async () => {
  const clock = new FakeClock();
  await using fixture = await start({ clock });
  const { cluster, kubectl } = fixture;
  const config = cluster.issueKubeconfig({ user: 'jane', credentials: 'token', tokenLifetimeMs: 60_000 }).path;
  const get = () => kubectl.run('get', 'pods', '-o', 'name', '--kubeconfig', config);
  expect((await get()).stdout).toBe('pod/web\n');
  clock.advance(60_000);
  expect((await get()).stderr).toContain('You must be logged in to the server');
});

test('an exec plugin gives a new token when the last one has expired or was revoked', async () => {
  const clock = new FakeClock();
  await using fixture = await start({ clock });
  const { cluster, kubectl } = fixture;
  const config = cluster.issueKubeconfig({ user: 'jane', credentials: 'exec', tokenLifetimeMs: 60_000 }).path;
  const get = () => kubectl.run('get', 'pods', '-o', 'name', '--kubeconfig', config);
  for (const change of [() => undefined, () => clock.advance(3_600_000), () => cluster.revokeTokens()]) {
    change();
    expect(await get()).toEqual({ code: 0, stdout: 'pod/web\n', stderr: '' });
  }
  expect(cluster.requests.at(-1)?.user).toBe('jane');
});

test('a client that runs on asks its exec plugin again after a 401', async () => {
  await using fixture = await start();
  const { cluster, kubectl } = fixture;
  const config = cluster.issueKubeconfig({ user: 'jane', credentials: 'exec' }).path;
  await using proxy = kubectl.start(['proxy', '--port=0', '--kubeconfig', config]);
  const port = /:(\d+)$/.exec((await proxy.nextLine()) ?? '')?.[1] ?? '';
  const status = async () => (await fetch(`http://127.0.0.1:${port}/api/v1/namespaces/default/pods`)).status;
  expect(await status()).toBe(200);
  cluster.revokeTokens();
  expect([await status(), await status()]).toEqual([401, 200]);
});
