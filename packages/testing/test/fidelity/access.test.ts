import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { useNamespace } from './helpers/use-cluster.ts';

const shop = useNamespace(async (namespace) => {
  await namespace.kubectlOrFail('create role reader --verb=get,list,watch --resource=pods,pods/log');
  await namespace.kubectlOrFail('create rolebinding reader --role=reader --user=jane --group=readers');
  await namespace.kubectlOrFail('create serviceaccount robot');
  await namespace.kubectlOrFail(`create rolebinding robot --clusterrole=view --serviceaccount=${namespace.name}:robot`);
});

/** The environment of someone who has only a token. */
async function withToken(token: string): Promise<Readonly<Record<string, string>>> {
  const config = JSON.parse(await shop().kubectlOrFail('config view --raw --flatten -o json')) as { users: object[] };
  const users = config.users.map((user) => ({ ...user, user: { token } }));
  const file = path.join(shop().cluster.folder, `${randomUUID()}.kubeconfig`);
  await writeFile(file, JSON.stringify({ ...config, users }), { mode: 0o600 });
  return { KUBECONFIG: file };
}

test('auth can-i says yes to an administrator', async () => {
  expect(await shop().kubectl('auth can-i create deployments')).toMatchInlineSnapshot(`yes`);
  expect(await shop().kubectl('auth can-i * * -A')).toMatchInlineSnapshot(`yes`);
});

test('auth can-i --as says yes to what a role allows and no to the rest', async () => {
  expect(await shop().kubectl('auth can-i list pods --as=jane')).toMatchInlineSnapshot(`yes`);
  expect(await shop().kubectl('auth can-i get pods --subresource=log --as=jane')).toMatchInlineSnapshot(`yes`);
  expect(await shop().kubectl('auth can-i delete pods --as=jane')).toMatchInlineSnapshot(`
    no
    exit code 1
  `);
  expect(await shop().kubectl('auth can-i list pods -n default --as=jane')).toMatchInlineSnapshot(`
    no
    exit code 1
  `);
});

test('auth can-i --as-group counts the groups', async () => {
  expect(await shop().kubectl('auth can-i list pods --as=john')).toMatchInlineSnapshot(`
    no
    exit code 1
  `);
  expect(await shop().kubectl('auth can-i list pods --as=john --as-group=readers')).toMatchInlineSnapshot(`yes`);
});

test('auth can-i -q only has an exit code', async () => {
  expect(await shop().kubectl('auth can-i delete pods --as=jane -q')).toMatchInlineSnapshot(`exit code 1`);
});

test('auth can-i of a path', async () => {
  expect(await shop().kubectl('auth can-i get /metrics')).toMatchInlineSnapshot(`yes`);
  expect(await shop().kubectl('auth can-i get /metrics --as=jane')).toMatchInlineSnapshot(`
    no
    exit code 1
  `);
});

test('auth can-i --list tells what a role allows', async () => {
  const { code, stdout } = await shop().kubectl('auth can-i --list --as=jane');
  expect([code, stdout.split('\n').filter((line) => /^(Resources|pods)/.test(line))]).toMatchInlineSnapshot(`
    [
      0,
      [
        "Resources  Non-Resource URLs  Resource Names  Verbs",
        "pods/log  []  []  [get list watch]",
        "pods  []  []  [get list watch]",
      ],
    ]
  `);
});

test('auth whoami tells who is asking', async () => {
  expect((await shop().kubectl('auth whoami -o', 'jsonpath={.status.userInfo.groups}')).stdout).toContain(
    'system:masters',
  );
  expect(await shop().kubectl('auth whoami --as=jane --as-group=readers')).toMatchInlineSnapshot(`
    ATTRIBUTE  VALUE
    Username  jane
    Groups  [readers system:authenticated]
  `);
});

test('a user without a right is told which', async () => {
  expect(await shop().kubectl('get secrets --as=jane')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): secrets is forbidden: User "jane" cannot list resource "secrets" in API group "" in the namespace "NAMESPACE"
    exit code 1
  `);
  expect(await shop().kubectl('get secret key --as=jane')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): secrets "key" is forbidden: User "jane" cannot get resource "secrets" in API group "" in the namespace "NAMESPACE"
    exit code 1
  `);
  expect(await shop().kubectl('delete pod nope --as=jane')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): pods "nope" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "NAMESPACE"
    exit code 1
  `);
  expect(await shop().kubectl('create configmap a --as=jane')).toMatchInlineSnapshot(`
    ! error: failed to create configmap: configmaps is forbidden: User "jane" cannot create resource "configmaps" in API group "" in the namespace "NAMESPACE"
    exit code 1
  `);
});

test('a user without a right to something of the cluster is told which', async () => {
  expect(await shop().kubectl('get nodes --as=jane')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope
    exit code 1
  `);
  expect(await shop().kubectl('get pods -A --as=jane')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" at the cluster scope
    exit code 1
  `);
  expect(await shop().kubectl('get --raw /metrics --as=jane')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): forbidden: User "jane" cannot get path "/metrics"
    exit code 1
  `);
});

test('a user with a right may use it', async () => {
  expect(await shop().kubectl('get pods --as=jane')).toMatchInlineSnapshot(
    `! No resources found in NAMESPACE namespace.`,
  );
});

test('a token is who it was made for', async () => {
  const environment = await withToken((await shop().kubectlOrFail('create token robot')).trim());
  const ask = (command: string) => shop().run('kubectl', [command], { environment });
  expect(await ask('auth whoami -o jsonpath={.status.userInfo.username}')).toMatchInlineSnapshot(
    `system:serviceaccount:NAMESPACE:robot`,
  );
  expect(await ask('get deployments')).toMatchInlineSnapshot(`! No resources found in NAMESPACE namespace.`);
  expect(await ask('get pods --as=jane')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): users "jane" is forbidden: User "system:serviceaccount:NAMESPACE:robot" cannot impersonate resource "users" in API group "" at the cluster scope
    exit code 1
  `);
});

test('a token that nobody made is refused', async () => {
  const environment = await withToken('made-up');
  expect(await shop().run('kubectl', ['get pods'], { environment })).toMatchInlineSnapshot(`
    ! error: You must be logged in to the server (Unauthorized)
    exit code 1
  `);
});

test('a service account has what is bound to it', async () => {
  const robot = `--as=system:serviceaccount:${shop().name}:robot`;
  expect(await shop().kubectl(`auth can-i list deployments ${robot}`)).toMatchInlineSnapshot(`yes`);
  expect(await shop().kubectl(`get secrets ${robot}`)).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): secrets is forbidden: User "system:serviceaccount:NAMESPACE:robot" cannot list resource "secrets" in API group "" in the namespace "NAMESPACE"
    exit code 1
  `);
});

test('a binding takes effect at once, and its end too', async () => {
  await shop().kubectlOrFail('create rolebinding late --role=reader --user=late');
  expect(await shop().kubectl('auth can-i list pods --as=late')).toMatchInlineSnapshot(`yes`);
  await shop().kubectlOrFail('delete rolebinding late');
  expect(await shop().kubectl('auth can-i list pods --as=late')).toMatchInlineSnapshot(`
    no
    exit code 1
  `);
});
