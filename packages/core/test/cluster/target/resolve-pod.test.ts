import { expect, test } from 'vitest';
import { startObjectServer } from '../../helpers/object-server.ts';
import { PODS, podObject } from '../../helpers/pod-object.ts';
import { resolve } from '../../helpers/resolve.ts';

test('a running pod is found with one request, ready or not', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'web', ready: false }));
  expect(await resolve(server, 'web', [8080])).toEqual({
    pod: { name: 'web', namespace: 'shop', uid: 'uid-web' },
    ports: [{ requested: 8080, numberOnTarget: 8080, podPort: 8080 }],
  });
  expect(server.server.requests.map(({ url }) => url)).toEqual([`${PODS}/web`]);
});

test('a missing pod is told with names that look alike', async () => {
  await using server = await startObjectServer();
  for (const name of ['web-7f9c-abcde', 'wbe', 'web-7f9c-fghij', 'weeb', 'other'])
    server.put(PODS, podObject({ name }));
  await expect(resolve(server, 'web')).rejects.toMatchObject({
    code: 'TARGET_NOT_FOUND',
    similar: ['web-7f9c-abcde', 'web-7f9c-fghij', 'wbe'],
    hint: 'Did you mean web-7f9c-abcde or web-7f9c-fghij or wbe?',
  });
});

test('a missing pod is told also when the role may not list others', async () => {
  await using server = await startObjectServer();
  server.deny('list', 'pods');
  server.deny('get', 'namespaces');
  await expect(resolve(server, 'web')).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND', similar: [] });
});

test('a missing namespace is the error, when it is that', async () => {
  await using server = await startObjectServer();
  await expect(resolve(server, 'web', [80], { namespace: 'none' })).rejects.toMatchObject({
    code: 'NAMESPACE_NOT_FOUND',
    namespace: 'none',
  });
});

test('a pod that is not running is told with the states of its containers', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'web', phase: 'Pending', ready: false, waiting: 'ImagePullBackOff' }));
  await expect(resolve(server, 'web')).rejects.toMatchObject({
    code: 'POD_NOT_RUNNING',
    phase: 'Pending',
    containerStates: ['main: waiting (ImagePullBackOff)'],
  });
});

test('a pod that is being deleted or is over is not waited for', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'leaving', terminating: true }));
  server.put(PODS, podObject({ name: 'over', phase: 'Succeeded' }));
  const wait = { podRunningTimeoutMs: 60_000 };
  await expect(resolve(server, 'leaving', [80], wait)).rejects.toMatchObject({ phase: 'Terminating' });
  await expect(resolve(server, 'over', [80], wait)).rejects.toMatchObject({ phase: 'Succeeded' });
});

test('a pending pod is waited for by watching', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'web', phase: 'Pending' }));
  const waiting = resolve(server, 'web', [80], { podRunningTimeoutMs: 60_000 });
  await server.watched(PODS);
  server.put(PODS, podObject({ name: 'web', ready: false }));
  expect(await waiting).toMatchObject({ pod: { name: 'web' } });
});

test('the wait ends with the states of the pod', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'web', phase: 'Pending', waiting: 'ErrImagePull' }));
  await expect(resolve(server, 'web', [80], { podRunningTimeoutMs: 50 })).rejects.toMatchObject({
    code: 'POD_NOT_RUNNING',
    containerStates: ['main: waiting (ErrImagePull)'],
  });
});

test('a pod of a StatefulSet is waited for while another takes its place', async () => {
  await using server = await startObjectServer();
  const owner = { kind: 'StatefulSet', uid: 'set' };
  server.put(PODS, podObject({ name: 'web-0', terminating: true, owner }));
  const waiting = resolve(server, 'web-0', [80], { podRunningTimeoutMs: 60_000 });
  await server.watched(PODS);
  server.remove(PODS, 'web-0');
  server.put(PODS, podObject({ name: 'web-0', phase: 'Pending', owner }));
  server.put(PODS, podObject({ name: 'web-0', owner }));
  expect(await waiting).toMatchObject({ pod: { name: 'web-0' } });
});

test('a role that may not watch is told so when there is something to wait for', async () => {
  await using server = await startObjectServer();
  server.deny('watch', 'pods');
  server.put(PODS, podObject({ name: 'web', phase: 'Pending' }));
  await expect(resolve(server, 'web', [80], { podRunningTimeoutMs: 60_000 })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    verb: 'watch',
    resource: 'pods',
  });
});

test('a role that may not read pods is told so', async () => {
  await using server = await startObjectServer();
  server.deny('get', 'pods');
  await expect(resolve(server, 'web')).rejects.toMatchObject({ code: 'FORBIDDEN', verb: 'get', resource: 'pods' });
});

test('an abort ends the wait with its reason and leaves no connection in use', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'web', phase: 'Pending' }));
  const controller = new AbortController();
  const waiting = resolve(server, 'web', [80], { podRunningTimeoutMs: 60_000, signal: controller.signal });
  waiting.catch(() => undefined);
  await server.watched(PODS);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
