import { execFile } from 'node:child_process';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SimulatedCluster } from '../src/index.ts';
import { ask } from './helpers/api-client.ts';

const SLICES = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices';
const PODS = '/api/v1/namespaces/default/pods';

test('the kubeconfig names server, context and namespace, and only this user can read its file', async () => {
  await using cluster = await SimulatedCluster.start({ contextName: 'blue', namespace: 'shop' });
  const config = parse(cluster.kubeconfig) as unknown;
  expect(config).toMatchObject({
    'current-context': 'blue',
    contexts: [{ name: 'blue', context: { namespace: 'shop' } }],
    clusters: [{ cluster: { server: cluster.server } }],
  });
  expect((await stat(cluster.kubeconfigPath)).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(cluster.kubeconfigPath))).mode & 0o777).toBe(0o700);
});

test('stop frees the port, removes the file, and may be called again', async () => {
  const cluster = await SimulatedCluster.start();
  expect((await ask(cluster, '/version')).status).toBe(200);
  await Promise.all([cluster.stop(), cluster.stop()]);
  await cluster.stop();
  await expect(ask(cluster, '/version')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await expect(access(path.dirname(cluster.kubeconfigPath))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a stopped cluster keeps no process alive, whatever was under way', async () => {
  const script = `
    import { once } from 'node:events';
    import { request } from 'node:https';
    import { SimulatedCluster } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
    const cluster = await SimulatedCluster.start();
    cluster.addPod({ name: 'web' });
    void cluster.deletePod({ name: 'web', graceMs: 3_600_000 });
    const pods = '/api/v1/pods?watch=true&timeoutSeconds=3600';
    const watch = request(cluster.server + pods, { ca: cluster.certificateAuthority });
    const [response] = await once(watch.end(), 'response');
    response.on('error', () => {}).resume();
    await cluster.stop();
    console.log('stopped');
  `;
  const options = ['--conditions=@kforge/source', '--disable-warning=ExperimentalWarning', '--input-type=module'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...options, '--eval', script]);
  expect([stdout, stderr]).toEqual(['stopped\n', '']);
});

test('a start that is cancelled rejects with the reason', async () => {
  const reason = new Error('never mind');
  await expect(SimulatedCluster.start({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('a start on a port that is taken rejects', async () => {
  await using first = await SimulatedCluster.start();
  const port = Number(new URL(first.server).port);
  await expect(SimulatedCluster.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('two clusters do not know each other', async () => {
  await using one = await SimulatedCluster.start();
  await using two = await SimulatedCluster.start();
  one.addPod({ name: 'web' });
  expect((await ask(two, `${PODS}/web`)).status).toBe(404);
  expect(one.certificateAuthority).not.toBe(two.certificateAuthority);
});

test('a pod, once added, is running, ready and scheduled, with an address of its own', async () => {
  await using cluster = await SimulatedCluster.start();
  const first = cluster.addPod({ name: 'a', ports: [{ name: 'http', containerPort: 80 }] });
  const second = cluster.addPod({ name: 'b' });
  expect(first).toMatchObject({
    metadata: { name: 'a', namespace: 'default' },
    spec: { containers: [{ name: 'main', ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }] }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'main', ready: true }] },
  });
  expect(first.status.podIP).not.toBe(second.status.podIP);
});

test('a pod says how its containers are', async () => {
  await using cluster = await SimulatedCluster.start();
  const state = { waiting: { reason: 'CrashLoopBackOff' } };
  const pod = cluster.addPod({
    name: 'web',
    ready: false,
    containers: [{ name: 'app' }, { name: 'proxy' }],
    containerStates: { app: { restartCount: 4, state } },
  });
  expect(pod.status.containerStatuses).toMatchObject([
    { name: 'app', restartCount: 4, ready: false, state },
    { name: 'proxy', restartCount: 0 },
  ]);
});

test('a pending pod has neither node nor address until it runs', async () => {
  await using cluster = await SimulatedCluster.start();
  const pending = cluster.addPod({ name: 'web', phase: 'Pending' });
  expect(pending.spec.nodeName).toBeUndefined();
  expect(pending.status.podIP).toBeUndefined();
  const running = cluster.setPodPhase({ name: 'web', phase: 'Running' });
  expect(running).toMatchObject({ spec: { nodeName: 'simulated-node' }, status: { phase: 'Running' } });
  expect(running.status.podIP).toMatch(/^10\.244\./);
  expect(running.metadata.uid).toBe(pending.metadata.uid);
});

test('objects in a namespace that does not exist are refused', async () => {
  await using cluster = await SimulatedCluster.start();
  const refusal: unknown = expect.objectContaining({ code: 404, message: 'namespaces "shop" not found' });
  expect(() => cluster.addPod({ name: 'web', namespace: 'shop' })).toThrow(refusal);
  cluster.addNamespace('shop');
  expect(cluster.addPod({ name: 'web', namespace: 'shop' }).metadata.namespace).toBe('shop');
  expect(() => cluster.addPod({ name: 'web', namespace: 'shop' })).toThrow(expect.objectContaining({ code: 409 }));
});

test('an object of an unknown kind is refused', async () => {
  await using cluster = await SimulatedCluster.start();
  const unknown = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'x' } };
  expect(() => cluster.add(unknown)).toThrow(expect.objectContaining({ code: 400 }));
});

test('the endpoints of a service follow its pods: readiness, deletion, phase', async () => {
  await using cluster = await SimulatedCluster.start();
  const pod = cluster.addPod({ name: 'web', labels: { app: 'web' } });
  cluster.addPod({ name: 'other', labels: { app: 'other' } });
  cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] });
  const endpoints = async () => (await ask(cluster, SLICES)).body.items.flatMap((slice) => slice.endpoints ?? []);

  const [slice] = (await ask(cluster, SLICES)).body.items;
  expect(slice?.metadata.labels['kubernetes.io/service-name']).toBe('web');
  expect(slice?.ports).toEqual([{ name: '', port: 8080, protocol: 'TCP' }]);
  expect(slice?.endpoints).toMatchObject([
    {
      addresses: [pod.status.podIP],
      conditions: { ready: true, serving: true, terminating: false },
      targetRef: { kind: 'Pod', name: 'web', namespace: 'default', uid: pod.metadata.uid },
    },
  ]);

  cluster.setPodReady({ name: 'web', ready: false });
  expect((await endpoints())[0]?.conditions).toEqual({ ready: false, serving: false, terminating: false });
  cluster.setPodReady({ name: 'web', ready: true });
  const deleted = cluster.deletePod({ name: 'web', graceMs: 50 });
  expect((await endpoints())[0]?.conditions).toEqual({ ready: false, serving: true, terminating: true });
  await deleted;
  expect(await endpoints()).toEqual([]);
});

test('pods with different numbers for a named port are in different slices', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ name: 'web', port: 80, targetPort: 'http' }] });
  for (const [name, containerPort] of [
    ['a', 8080],
    ['b', 9090],
    ['c', 8080],
  ] as const) {
    cluster.addPod({ name, labels: { app: 'web' }, ports: [{ name: 'http', containerPort }] });
  }
  const { items } = (await ask(cluster, SLICES)).body;
  const byPort: unknown = Object.fromEntries(
    items.map((slice) => [slice.ports[0]?.port, (slice.endpoints ?? []).map((one) => one.targetRef.name)]),
  );
  expect(byPort).toEqual({ 8080: ['a', 'c'], 9090: ['b'] });
});

test('a service without a selector, and one that is a name elsewhere, have no slices', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  cluster.addService({ name: 'bare', ports: [{ port: 80 }] });
  const outside = cluster.addService({ name: 'outside', externalName: 'example.com', ports: [] });
  expect(outside.spec).toMatchObject({ type: 'ExternalName', externalName: 'example.com' });
  expect(outside.spec.clusterIP).toBeUndefined();
  expect((await ask(cluster, SLICES)).body.items).toEqual([]);
});

test('the log of requests says who asked for what', async () => {
  await using cluster = await SimulatedCluster.start();
  await ask(cluster, `${PODS}?labelSelector=app%3Dweb`, { headers: { 'user-agent': 'tester/1' } });
  expect(cluster.requests).toEqual([
    { method: 'GET', path: PODS, query: { labelSelector: 'app=web' }, user: 'simulated-admin', userAgent: 'tester/1' },
  ]);
});
