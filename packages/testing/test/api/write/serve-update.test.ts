import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../../src/index.ts';
import { ask } from '../../helpers/api-client.ts';
import { at, CONFIG_MAPS, configMap, DEPLOYMENTS, deployment, send } from '../../helpers/write.ts';

test('an update keeps uid and creation, and counts the generation of what has one', async () => {
  await using cluster = await SimulatedCluster.start();
  const { body: created } = await send(cluster, 'POST', DEPLOYMENTS, deployment('web'));
  const { body: updated } = await send(cluster, 'PUT', `${DEPLOYMENTS}/web`, deployment('web', { paused: true }));
  expect(updated.metadata.uid).toBe(created.metadata.uid);
  expect(updated.metadata).toMatchObject({ generation: 2 });
  const labelled = { ...deployment('web', { paused: true }), metadata: { name: 'web', labels: { a: 'b' } } };
  const { body: relabelled } = await send(cluster, 'PUT', `${DEPLOYMENTS}/web`, labelled);
  expect(relabelled.metadata).toMatchObject({ generation: 2, labels: { a: 'b' } });
});

test('an update of the status changes nothing else, one of the object not its status', async () => {
  await using cluster = await SimulatedCluster.start();
  const pods = '/api/v1/namespaces/default/pods';
  cluster.addPod({ name: 'web' });
  const { body: before } = await ask(cluster, `${pods}/web`);
  const changed = { ...before, metadata: { ...before.metadata, labels: { a: 'b' } }, status: { phase: 'Failed' } };
  const { body: status } = await send(cluster, 'PUT', `${pods}/web/status`, changed);
  expect([status.metadata.labels, at(status, 'status', 'phase')]).toEqual([undefined, 'Failed']);
  const whole = { ...status, metadata: { ...status.metadata, labels: { a: 'b' } }, status: { phase: 'Running' } };
  const { body: object } = await send(cluster, 'PUT', `${pods}/web`, whole);
  expect([object.metadata.labels, at(object, 'status', 'phase')]).toEqual([{ a: 'b' }, 'Failed']);
});

test('an update without a difference makes no new version', async () => {
  await using cluster = await SimulatedCluster.start();
  const { body: created } = await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  const { body: same } = await send(cluster, 'PUT', `${CONFIG_MAPS}/a`, created);
  expect(same.metadata.resourceVersion).toBe(created.metadata.resourceVersion);
});

test('of two updates of one version the second is a conflict', async () => {
  await using cluster = await SimulatedCluster.start();
  const { body: created } = await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  const answers = await Promise.all(
    ['x', 'y'].map((value) => send(cluster, 'PUT', `${CONFIG_MAPS}/a`, { ...created, data: { a: value } })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.message).toBe(
    'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
  );
});

test.each([
  ['what is not there', 'zz', configMap('zz'), 404, 'configmaps "zz" not found'],
  ['another name', 'a', configMap('b'), 400, 'the name of the object (b) does not match the name on the URL (a)'],
  [
    'another uid',
    'a',
    { metadata: { name: 'a', uid: 'x' } },
    409,
    expect.stringContaining('Precondition failed: UID in precondition: x'),
  ],
])('an update of %s is refused', async (_what, name, object, status, message) => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  const answer = await send(cluster, 'PUT', `${CONFIG_MAPS}/${name}`, object);
  expect([answer.status, answer.body.message]).toEqual([status, message]);
});

test('the selector of a deployment and the address of a service may not change', async () => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', DEPLOYMENTS, deployment('web'));
  const other = { selector: { matchLabels: { app: 'y' } } };
  const selector = await send(cluster, 'PATCH', `${DEPLOYMENTS}/web`, { spec: other }, 'application/merge-patch+json');
  expect([selector.status, selector.body.message]).toEqual([422, expect.stringContaining('field is immutable')]);
  const services = '/api/v1/namespaces/default/services';
  await send(cluster, 'POST', services, { metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } });
  const address = { spec: { clusterIP: '10.96.9.9' } };
  const service = await send(cluster, 'PATCH', `${services}/s`, address, 'application/merge-patch+json');
  expect([service.status, service.body.message]).toEqual([422, expect.stringContaining('may not change once set')]);
});

test('a service keeps its address and its node port when an update does not name them', async () => {
  await using cluster = await SimulatedCluster.start();
  const services = '/api/v1/namespaces/default/services';
  const spec = { type: 'NodePort', ports: [{ port: 80 }] };
  const { body: created } = await send(cluster, 'POST', services, { metadata: { name: 's' }, spec });
  const { body: updated } = await send(cluster, 'PUT', `${services}/s`, { metadata: { name: 's' }, spec });
  expect(at(updated, 'spec', 'clusterIP')).toBe(at(created, 'spec', 'clusterIP'));
  expect(at(updated, 'spec', 'ports')).toEqual(at(created, 'spec', 'ports'));
  expect(at(created, 'spec', 'ports', 0, 'nodePort')).toBeGreaterThanOrEqual(30_000);
});

test('an object that is to go goes with its last finalizer', async () => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, { metadata: { name: 'held', finalizers: ['x.io/y'] } });
  const { body: ending } = await send(cluster, 'DELETE', `${CONFIG_MAPS}/held`);
  expect(ending.metadata.deletionTimestamp).toBeDefined();
  const free = { metadata: { finalizers: null } };
  expect((await send(cluster, 'PATCH', `${CONFIG_MAPS}/held`, free, 'application/merge-patch+json')).status).toBe(200);
  expect((await ask(cluster, `${CONFIG_MAPS}/held`)).status).toBe(404);
});

test('scale reads and sets the replicas, and nothing else of the deployment', async () => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', DEPLOYMENTS, deployment('web'));
  const { body: scale } = await ask(cluster, `${DEPLOYMENTS}/web/scale`);
  expect(scale).toMatchObject({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 0 } });
  expect(at(scale, 'status', 'selector')).toBe('app=web');
  const patch = { spec: { replicas: 3 } };
  const scaled = await send(cluster, 'PATCH', `${DEPLOYMENTS}/web/scale`, patch, 'application/merge-patch+json');
  expect(scaled.body).toMatchObject({ kind: 'Scale', spec: { replicas: 3 } });
  const put = await send(cluster, 'PUT', `${DEPLOYMENTS}/web/scale`, { ...scale, spec: { replicas: 4 } });
  expect([put.status, put.body.reason]).toEqual([409, 'Conflict']);
  const negative = { spec: { replicas: -1 } };
  const refused = await send(cluster, 'PATCH', `${DEPLOYMENTS}/web/scale`, negative, 'application/merge-patch+json');
  expect(refused.status).toBe(422);
});
