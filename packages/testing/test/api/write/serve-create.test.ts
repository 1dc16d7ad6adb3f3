import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../../src/index.ts';
import { ask } from '../../helpers/api-client.ts';
import { at, CONFIG_MAPS, configMap, DEPLOYMENTS, deployment, send } from '../../helpers/write.ts';

test('a new object gets what the server fills in and is answered with 201', async () => {
  await using cluster = await SimulatedCluster.start();
  const { status, body } = await send(cluster, 'POST', CONFIG_MAPS, configMap('a'));
  expect(status).toBe(201);
  expect(body).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' } });
  expect(body.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
  const kept = await ask(cluster, `${CONFIG_MAPS}/a`);
  expect(kept.body).toEqual(body);
});

test('generateName makes up a name, another one each time', async () => {
  await using cluster = await SimulatedCluster.start();
  const answers = [1, 2].map(() => send(cluster, 'POST', CONFIG_MAPS, { metadata: { generateName: 'run-' } }));
  const names = (await Promise.all(answers)).map(({ body }) => body.metadata.name);
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^run-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test('clusters with the same seed make up the same names', async () => {
  const names = [];
  for (const seed of [7, 7, 8]) {
    await using cluster = await SimulatedCluster.start({ seed });
    names.push((await send(cluster, 'POST', CONFIG_MAPS, { metadata: { generateName: 'run-' } })).body.metadata.name);
  }
  expect(names[0]).toBe(names[1]);
  expect(names[0]).not.toBe(names[2]);
});

test('defaults are those of a real server', async () => {
  await using cluster = await SimulatedCluster.start();
  const { body } = await send(cluster, 'POST', DEPLOYMENTS, deployment('web'));
  expect(at(body, 'spec')).toMatchObject({
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    template: { spec: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', terminationGracePeriodSeconds: 30 } },
  });
  expect(body.metadata).toMatchObject({ generation: 1 });
});

test.each([
  ['a name that is taken', configMap('taken'), 409, 'configmaps "taken" already exists'],
  [
    'no name',
    { metadata: {} },
    422,
    'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
  ],
  [
    'another namespace',
    { metadata: { name: 'a', namespace: 'b' } },
    400,
    'the namespace of the provided object does not match the namespace sent on the request',
  ],
  [
    'another kind',
    { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'a' } },
    400,
    expect.stringContaining('cannot be handled as a ConfigMap'),
  ],
  [
    'a version of its own',
    { metadata: { name: 'a', resourceVersion: '1' } },
    500,
    'resourceVersion should not be set on objects to be created',
  ],
  [
    'labels that are no map',
    { metadata: { name: 'a', labels: ['x'] } },
    400,
    expect.stringContaining('metadata.labels'),
  ],
  [
    'a name that is none',
    { metadata: { name: 'A b' } },
    422,
    expect.stringContaining('a lowercase RFC 1123 subdomain'),
  ],
])('%s is refused in the words of a real server', async (_what, object, status, message) => {
  await using cluster = await SimulatedCluster.start();
  await send(cluster, 'POST', CONFIG_MAPS, configMap('taken'));
  const answer = await send(cluster, 'POST', CONFIG_MAPS, object);
  expect([answer.status, answer.body.message]).toEqual([status, message]);
});

test('several mistakes are all named, with their fields', async () => {
  await using cluster = await SimulatedCluster.start();
  const spec = { template: { spec: { containers: [{ name: 'x' }] } } };
  const { status, body } = await send(cluster, 'POST', DEPLOYMENTS, { metadata: { name: 'a' }, spec });
  expect(status).toBe(422);
  expect(body.message).toBe(
    'Deployment.apps "a" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`, spec.template.spec.containers[0].image: Required value]',
  );
  expect(at(body, 'details', 'causes', 2)).toEqual({
    reason: 'FieldValueRequired',
    message: 'Required value',
    field: 'spec.template.spec.containers[0].image',
  });
});

test('a dry run answers as if, and keeps nothing', async () => {
  await using cluster = await SimulatedCluster.start();
  const { status, body } = await send(cluster, 'POST', `${CONFIG_MAPS}?dryRun=All`, configMap('a'));
  expect([status, body.metadata.name]).toEqual([201, 'a']);
  expect((await ask(cluster, `${CONFIG_MAPS}/a`)).status).toBe(404);
  expect((await send(cluster, 'POST', `${CONFIG_MAPS}?dryRun=Some`, configMap('a'))).status).toBe(422);
});

test('a field that the kind does not have is an error, a warning or nothing, as the client wishes', async () => {
  await using cluster = await SimulatedCluster.start();
  const object = deployment('web', { replica: 1 });
  const strict = await send(cluster, 'POST', `${DEPLOYMENTS}?fieldValidation=Strict`, object);
  expect([strict.status, strict.body.message]).toEqual([400, expect.stringContaining('unknown field "spec.replica"')]);
  const warned = await send(cluster, 'POST', `${DEPLOYMENTS}?dryRun=All`, object);
  expect([warned.status, warned.headers.warning]).toEqual([201, '299 - "unknown field \\"spec.replica\\""']);
  const ignored = await send(cluster, 'POST', `${DEPLOYMENTS}?fieldValidation=Ignore&dryRun=All`, object);
  expect([ignored.status, ignored.headers.warning]).toEqual([201, undefined]);
});

test('an object goes only into a namespace that is there to stay', async () => {
  await using cluster = await SimulatedCluster.start();
  const missing = await send(cluster, 'POST', '/api/v1/namespaces/nope/configmaps', configMap('a'));
  expect([missing.status, missing.body.message]).toEqual([404, 'namespaces "nope" not found']);
  await send(cluster, 'POST', '/api/v1/namespaces', { metadata: { name: 'ends' } });
  await send(cluster, 'POST', '/api/v1/namespaces/ends/configmaps', {
    metadata: { name: 'held', finalizers: ['x.io/y'] },
  });
  await send(cluster, 'DELETE', '/api/v1/namespaces/ends');
  const ending = await send(cluster, 'POST', '/api/v1/namespaces/ends/configmaps', configMap('b'));
  expect([ending.status, ending.body.message]).toEqual([
    403,
    'configmaps "b" is forbidden: unable to create new content in namespace ends because it is being terminated',
  ]);
});

test('stringData of a secret goes into its data', async () => {
  await using cluster = await SimulatedCluster.start();
  const secret = { metadata: { name: 's' }, stringData: { a: 'b' } };
  const { body } = await send(cluster, 'POST', '/api/v1/namespaces/default/secrets', secret);
  expect(body).toMatchObject({ type: 'Opaque', data: { a: 'Yg==' } });
  expect(body).not.toHaveProperty('stringData');
});

test('a body may be YAML, but no bomb and nothing else', async () => {
  await using cluster = await SimulatedCluster.start();
  const yaml = await send(cluster, 'POST', CONFIG_MAPS, 'metadata: {name: y}\ndata: {a: b}', 'application/yaml');
  expect(yaml.status).toBe(201);
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
  for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => [...pair])) {
    bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(',')}]`);
  }
  expect((await send(cluster, 'POST', CONFIG_MAPS, bomb.join('\n'), 'application/yaml')).status).toBe(400);
  expect((await send(cluster, 'POST', CONFIG_MAPS, configMap('t'), 'text/plain')).status).toBe(415);
  expect((await send(cluster, 'POST', CONFIG_MAPS, 'no json')).status).toBe(400);
  expect((await send(cluster, 'POST', CONFIG_MAPS)).status).toBe(400);
});

test('a key named like the prototype is a key like any other', async () => {
  await using cluster = await SimulatedCluster.start();
  const text = '{"metadata":{"name":"p"},"data":{"__proto__":"x","constructor":"y"}}';
  const { status } = await send(cluster, 'POST', CONFIG_MAPS, text);
  expect(status).toBe(201);
  const kept = await ask(cluster, `${CONFIG_MAPS}/p`);
  expect(kept.text).toContain('"__proto__":"x"');
});

test('a job gets its selector from its uid, and the labels of its pods', async () => {
  await using cluster = await SimulatedCluster.start();
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } };
  const jobs = '/apis/batch/v1/namespaces/default/jobs';
  const { status, body } = await send(cluster, 'POST', jobs, { metadata: { name: 'once' }, spec: { template } });
  const { uid } = body.metadata;
  expect(status).toBe(201);
  expect(at(body, 'spec', 'selector')).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': uid } });
  expect(body.metadata.labels).toMatchObject({ 'batch.kubernetes.io/job-name': 'once', 'controller-uid': uid });
  expect(body.metadata).toMatchObject({ generation: 1 });
});
