import { expect, test } from 'vitest';
import { type ObjectServer, startObjectServer } from '../../helpers/object-server.ts';
import { PODS, podObject } from '../../helpers/pod-object.ts';
import { resolve } from '../../helpers/resolve.ts';
import { textWith } from '../../helpers/text-with.ts';

const APPS = '/apis/apps/v1/namespaces/shop';

function putWorkload(server: ObjectServer, collection: string): void {
  server.put(collection, { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } } } });
}

test.each([
  ['deploy', `${APPS}/deployments`],
  ['sts', `${APPS}/statefulsets`],
  ['ds', `${APPS}/daemonsets`],
  ['rs', `${APPS}/replicasets`],
  ['job', '/apis/batch/v1/namespaces/shop/jobs'],
])('%s leads to a ready pod that its selector matches', async (prefix, collection) => {
  await using server = await startObjectServer();
  putWorkload(server, collection);
  server.put(PODS, podObject({ name: 'other', labels: { app: 'other' } }));
  server.put(PODS, podObject({ name: 'web-1', ports: [{ name: 'http', containerPort: 8080 }] }));
  expect(await resolve(server, `${prefix}/web`, ['http', 9000])).toEqual({
    pod: { name: 'web-1', namespace: 'shop', uid: 'uid-web-1' },
    ports: [
      { requested: 'http', numberOnTarget: 8080, podPort: 8080 },
      { requested: 9000, numberOnTarget: 9000, podPort: 9000 },
    ],
  });
});

test('ready pods come before others, then the newest, then by name', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'c', createdAt: 1 }));
  server.put(PODS, podObject({ name: 'b', createdAt: 2 }));
  server.put(PODS, podObject({ name: 'a', createdAt: 2 }));
  server.put(PODS, podObject({ name: 'unready', createdAt: 3, ready: false }));
  server.put(PODS, podObject({ name: 'leaving', createdAt: 4, terminating: true }));
  expect(await resolve(server, 'app=web')).toMatchObject({ pod: { name: 'a' } });
});

test('of a deployment the newest revision with ready pods is taken', async () => {
  await using server = await startObjectServer();
  putWorkload(server, `${APPS}/deployments`);
  const labels = { app: 'web' };
  const replicaSet = (uid: string, revision: string): Parameters<ObjectServer['put']>[1] => ({
    metadata: { name: uid, uid, labels, annotations: { 'deployment.kubernetes.io/revision': revision } },
  });
  server.put(`${APPS}/replicasets`, replicaSet('old', '9'));
  server.put(`${APPS}/replicasets`, replicaSet('new', '10'));
  server.put(PODS, podObject({ name: 'old-1', createdAt: 9, owner: { kind: 'ReplicaSet', uid: 'old' } }));
  server.put(PODS, podObject({ name: 'new-1', createdAt: 5, owner: { kind: 'ReplicaSet', uid: 'new' } }));
  expect(await resolve(server, 'deploy/web')).toMatchObject({ pod: { name: 'new-1' } });
  server.deny('list', 'replicasets');
  expect(await resolve(server, 'deploy/web')).toMatchObject({ pod: { name: 'old-1' } });
});

test('while no pod is ready changes are watched, also past the end of a watch', async () => {
  await using server = await startObjectServer();
  putWorkload(server, `${APPS}/deployments`);
  server.put(PODS, podObject({ name: 'web-1', ready: false }));
  const waiting = resolve(server, 'deploy/web', [80], { podRunningTimeoutMs: 60_000 });
  await server.watched(PODS);
  server.endWatches();
  await server.watched(PODS);
  server.put(PODS, podObject({ name: 'web-2', ready: false }));
  server.put(PODS, podObject({ name: 'web-2' }));
  expect(await waiting).toMatchObject({ pod: { name: 'web-2' } });
});

test('when the time is over, the error says how many are not ready and why', async () => {
  await using server = await startObjectServer();
  putWorkload(server, `${APPS}/deployments`);
  server.put(PODS, podObject({ name: 'web-1', phase: 'Pending', waiting: 'CrashLoopBackOff' }));
  server.put(PODS, podObject({ name: 'web-2', ready: false }));
  const error = await resolve(server, 'deploy/web', [80], { podRunningTimeoutMs: 50 }).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'NO_READY_POD', notReady: 2 });
  expect((error as Error).message).toBe('The deployment "web" has no ready pod after 0.05 s: 2 pods are not ready');
  const { hint } = error as { hint: string };
  expect(hint).toContain('web-1: Pending, main: waiting (CrashLoopBackOff)');
  expect(hint).toContain('web-2: Running, main: running, not ready');
  expect(hint).toContain('pod/web-2');
});

test('a workload without pods says so', async () => {
  await using server = await startObjectServer();
  putWorkload(server, `${APPS}/statefulsets`);
  await expect(resolve(server, 'sts/web')).rejects.toMatchObject({
    code: 'NO_READY_POD',
    notReady: 0,
    message: textWith('no pod matches its selector app=web'),
  });
});

test('a missing workload is told with names that look alike', async () => {
  await using server = await startObjectServer();
  putWorkload(server, `${APPS}/deployments`);
  await expect(resolve(server, 'deploy/wbe')).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND', similar: ['web'] });
});

test('a workload that selects everything is not followed', async () => {
  await using server = await startObjectServer();
  server.put(`${APPS}/deployments`, { metadata: { name: 'web' }, spec: { selector: {} } });
  server.put(PODS, podObject({ name: 'any' }));
  await expect(resolve(server, 'deploy/web')).rejects.toMatchObject({ code: 'API_RESPONSE_INVALID' });
});

test('a selector that matches nothing is not found, and a namespace that is missing is the error', async () => {
  await using server = await startObjectServer();
  await expect(resolve(server, 'app=none')).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' });
  await expect(resolve(server, 'app=none', [80], { namespace: 'none' })).rejects.toMatchObject({
    code: 'NAMESPACE_NOT_FOUND',
  });
});
