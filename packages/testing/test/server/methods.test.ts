import { expect, test } from 'vitest';
import { FakeClock, SimulatedCluster } from '../../src/index.ts';
import { ask } from '../helpers/api-client.ts';
import { at, CONFIG_MAPS, configMap, send } from '../helpers/write.ts';

test.each(['POST', 'DELETE'])('%s across all namespaces is not allowed, and does nothing', async (method) => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  expect((await send(cluster, method, '/api/v1/configmaps', configMap('b'))).status).toBe(405);
  expect((await ask(cluster, `${CONFIG_MAPS}/a`)).status).toBe(200);
});

test('a client that takes no JSON changes nothing', async () => {
  await using cluster = await SimulatedCluster.start();
  const headers = { accept: 'text/plain' };
  const body = JSON.stringify(configMap('a'));
  expect((await ask(cluster, CONFIG_MAPS, { method: 'POST', headers, body })).status).toBe(406);
  expect((await ask(cluster, `${CONFIG_MAPS}/a`)).status).toBe(404);
});

test('an eviction obeys dry runs, preconditions and its name', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  const path = '/api/v1/namespaces/default/pods/web';
  const evict = (query: string, body: object) =>
    send(cluster, 'POST', `${path}/eviction${query}`, { apiVersion: 'policy/v1', kind: 'Eviction', ...body });
  const metadata = { name: 'web' };
  expect((await evict('?dryRun=All', { metadata })).status).toBe(201);
  expect((await evict('', { metadata, deleteOptions: { dryRun: ['All'] } })).status).toBe(201);
  expect((await evict('', { metadata, deleteOptions: { preconditions: { uid: 'x' } } })).status).toBe(409);
  expect((await evict('', { metadata: { name: 'other' } })).status).toBe(400);
  expect((await ask(cluster, path)).status).toBe(200);
  expect((await evict('', { metadata })).status).toBe(201);
  expect((await ask(cluster, path)).status).toBe(404);
});

test.each([
  ['an empty grace', '?gracePeriodSeconds=', undefined],
  ['a grace that is a text', '', { gracePeriodSeconds: '5' }],
  ['a precondition that is no text', '', { preconditions: { uid: 5 } }],
])('%s deletes nothing', async (_what, query, body) => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  expect((await send(cluster, 'DELETE', `${CONFIG_MAPS}/a${query}`, body)).status).toBe(400);
  expect((await ask(cluster, `${CONFIG_MAPS}/a`)).status).toBe(200);
});

test.each([
  ['owners that are none', { ownerReferences: [null] }, 400],
  ['owners without a uid', { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'x' }] }, 422],
  ['finalizers that belong to nobody', { finalizers: ['x'] }, 422],
])('%s are refused', async (_what, metadata, status) => {
  await using cluster = await SimulatedCluster.start();
  expect((await send(cluster, 'POST', CONFIG_MAPS, { metadata: { name: 'a', ...metadata } })).status).toBe(status);
});

test('nobody can hold up what is already on its way out', async () => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, { metadata: { name: 'a', finalizers: ['a.io/b'] } });
  await send(cluster, 'DELETE', `${CONFIG_MAPS}/a`);
  const patch = { metadata: { finalizers: ['a.io/b', 'c.io/d'] } };
  const answer = await send(cluster, 'PATCH', `${CONFIG_MAPS}/a`, patch, 'application/merge-patch+json');
  expect([answer.status, answer.body.message]).toEqual([
    422,
    expect.stringContaining('no new finalizers can be added'),
  ]);
});

test('a restart of the server ends when the cluster stops meanwhile', async () => {
  const clock = new FakeClock();
  const cluster = await SimulatedCluster.start({ clock });
  const restarted = cluster.restartServer({ downMs: 100 });
  await cluster.stop();
  await restarted;
  expect(clock.waiting).toBe(0);
});

test('a workload that does not select its own pods is refused, and makes none', async () => {
  await using cluster = await SimulatedCluster.start();
  const template = { metadata: { labels: { a: 'c' } }, spec: { containers: [{ name: 'm', image: 'x' }] } };
  const spec = { replicas: 1, selector: { matchLabels: { a: 'b' } }, template };
  const replicaSet = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'rs' }, spec };
  expect(() => cluster.add(replicaSet)).toThrow(expect.objectContaining({ code: 422 }));
});

test('to apply something new needs the right to create it', async () => {
  await using cluster = await SimulatedCluster.start();
  const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'patch'] }];
  cluster.add({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'patcher' }, rules });
  bind(cluster, 'patcher');
  const { token } = cluster.issueToken({ user: 'bob' });
  const apply = (name: string) =>
    ask(cluster, `${CONFIG_MAPS}/${name}?fieldManager=x`, {
      method: 'PATCH',
      certificate: false,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/apply-patch+yaml' },
      body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }),
    });
  await send(cluster, 'POST', CONFIG_MAPS, configMap('there'));
  expect((await apply('there')).status).toBe(200);
  const refused = await apply('new');
  expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('cannot create resource')]);
});

test('a rule for one name lets its user list and watch that one', async () => {
  await using cluster = await SimulatedCluster.start();
  const rules = [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['one'], verbs: ['list', 'watch'] }];
  cluster.add({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader' }, rules });
  bind(cluster, 'reader');
  const { token } = cluster.issueToken({ user: 'bob' });
  const question = { certificate: false, headers: { authorization: `Bearer ${token}` } };
  expect((await ask(cluster, `${CONFIG_MAPS}?fieldSelector=metadata.name%3Done`, question)).status).toBe(200);
  expect((await ask(cluster, `${CONFIG_MAPS}?fieldSelector=metadata.name%3Dtwo`, question)).status).toBe(403);
  expect((await ask(cluster, CONFIG_MAPS, question)).status).toBe(403);
});

test('a lease is only changed by who knows its version', async () => {
  await using cluster = await SimulatedCluster.start();
  const leases = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
  const { body } = await send(cluster, 'POST', leases, { metadata: { name: 'l' } });
  expect((await send(cluster, 'PUT', `${leases}/l`, { metadata: { name: 'l' } })).status).toBe(422);
  expect((await send(cluster, 'PUT', `${leases}/l`, body)).status).toBe(200);
});

test('addresses of services are their own', async () => {
  await using cluster = await SimulatedCluster.start();
  const services = '/api/v1/namespaces/default/services';
  const create = (name: string, spec: object, query = '') =>
    send(cluster, 'POST', `${services}${query}`, { metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } });
  expect(at((await create('a', {})).body, 'spec', 'clusterIP')).toBe('10.96.0.1');
  expect((await create('b', { clusterIP: '10.96.0.1' })).status).toBe(422);
  expect((await create('b', { clusterIP: 'hello' })).status).toBe(422);
  expect((await create('b', { clusterIP: '10.96.0.2' })).status).toBe(201);
  expect(at((await create('dry', {}, '?dryRun=All')).body, 'spec', 'clusterIP')).toBe('10.96.0.3');
  expect(at((await create('c', {})).body, 'spec', 'clusterIP')).toBe('10.96.0.3');
  expect((await create('d', { type: 'NodePort', ports: [{ port: 80, nodePort: 99 }] })).status).toBe(422);
});

function bind(cluster: SimulatedCluster, role: string): void {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role };
  const subjects = [{ kind: 'User', name: 'bob' }];
  cluster.add({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: role },
    roleRef,
    subjects,
  });
}

test('what no controller would do is refused with a sentence', async () => {
  await using cluster = await SimulatedCluster.start();
  const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'm', image: 'x' }] } };
  const job = {
    template: { spec: { ...template.spec, restartPolicy: 'Never' } },
    backoffLimitPerIndex: 1,
    completionMode: 'Indexed',
    completions: 1,
  };
  const refused = await send(cluster, 'POST', '/apis/batch/v1/namespaces/default/jobs', {
    metadata: { name: 'j' },
    spec: job,
  });
  expect([refused.status, refused.body.message]).toEqual([
    501,
    'the simulated server does not implement the backoffLimitPerIndex of Jobs',
  ]);
  const updateStrategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  const daemonSet = { selector: { matchLabels: { app: 'x' } }, template, updateStrategy };
  const path = '/apis/apps/v1/namespaces/default/daemonsets';
  expect((await send(cluster, 'POST', path, { metadata: { name: 'd' }, spec: daemonSet })).status).toBe(501);
});
