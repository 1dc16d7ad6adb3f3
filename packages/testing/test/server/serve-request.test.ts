import { expect, test } from 'vitest';
import { SimulatedCluster, type SimulatedClusterOptions } from '../../src/index.ts';
import { ask } from '../helpers/api-client.ts';

const PODS = '/api/v1/namespaces/default/pods';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

function status(code: number, reason: string, message: string) {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message };
}

async function startWithPod(options: SimulatedClusterOptions = {}): Promise<SimulatedCluster> {
  const cluster = await SimulatedCluster.start(options);
  cluster.addPod({ name: 'web', labels: { app: 'web' } });
  return cluster;
}

test('an object is answered as it is', async () => {
  await using cluster = await startWithPod();
  const { status: code, body } = await ask(cluster, `${PODS}/web`);
  expect(code).toBe(200);
  expect(body).toMatchObject({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default' } });
});

test('a list has its kind and revision, and its items have no kind, as those of a real server', async () => {
  await using cluster = await startWithPod();
  const { body } = await ask(cluster, PODS);
  expect(body).toMatchObject({ apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'web' } }] });
  expect(Number(body.metadata.resourceVersion)).toBeGreaterThanOrEqual(Number(body.items[0]?.metadata.resourceVersion));
  expect(body.items[0]).not.toHaveProperty('kind');
});

test('a list is narrowed by namespace, labels and fields', async () => {
  await using cluster = await startWithPod();
  cluster.addNamespace('shop');
  cluster.addPod({ name: 'cart', namespace: 'shop', labels: { app: 'cart' }, phase: 'Pending' });
  const names = async (path: string) => (await ask(cluster, path)).body.items.map((pod) => pod.metadata.name);
  expect(await names('/api/v1/pods')).toEqual(['web', 'cart']);
  expect(await names('/api/v1/namespaces/shop/pods')).toEqual(['cart']);
  expect(await names('/api/v1/pods?labelSelector=app%20in%20(web,x)')).toEqual(['web']);
  expect(await names('/api/v1/pods?fieldSelector=status.phase%3DPending')).toEqual(['cart']);
  expect(await names('/api/v1/pods?labelSelector=!app')).toEqual([]);
});

test('pods come as a table with the columns of kubectl', async () => {
  await using cluster = await startWithPod();
  const { body, headers } = await ask(cluster, PODS, { headers: { accept: TABLE } });
  expect(headers['content-type']).toContain('as=Table');
  expect(body.kind).toBe('Table');
  const visible = body.columnDefinitions?.filter((column) => column.priority === 0).map((column) => column.name);
  expect(visible).toEqual(['Name', 'Ready', 'Status', 'Restarts', 'Age']);
  expect(body.rows[0]?.cells.slice(0, 4)).toEqual(['web', '1/1', 'Running', '0']);
  expect(body.rows[0]?.object).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'web' } });
});

test('a table has whole objects or none where that is asked for', async () => {
  await using cluster = await startWithPod();
  const row = async (include: string) =>
    (await ask(cluster, `${PODS}?includeObject=${include}`, { headers: { accept: TABLE } })).body.rows[0];
  expect((await row('Object'))?.object?.kind).toBe('Pod');
  expect(await row('None')).not.toHaveProperty('object');
});

test('metadata alone is answered where that is asked for', async () => {
  await using cluster = await startWithPod();
  const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
  const { body } = await ask(cluster, PODS, { headers: { accept } });
  expect(body.kind).toBe('PartialObjectMetadataList');
  expect(Object.keys(body.items[0] ?? {}).sort()).toEqual(['apiVersion', 'kind', 'metadata']);
});

test('a client that takes no JSON gets 406', async () => {
  await using cluster = await startWithPod();
  const { status: code, body } = await ask(cluster, PODS, { headers: { accept: 'application/yaml' } });
  expect([code, body.reason]).toEqual([406, 'NotAcceptable']);
});

test.each([
  [`${PODS}/nope`, 404, 'NotFound', 'pods "nope" not found'],
  ['/api/v1/namespaces/nons', 404, 'NotFound', 'namespaces "nons" not found'],
  ['/apis/apps/v1/namespaces/default/deployments/x', 404, 'NotFound', 'deployments.apps "x" not found'],
  ['/api/v1/namespaces/default/widgets', 404, 'NotFound', 'the server could not find the requested resource'],
  ['/apis/example.com/v1/widgets', 404, 'NotFound', 'the server could not find the requested resource'],
  ['/api/v1/pods/web', 404, 'NotFound', 'the server could not find the requested resource'],
  ['/nowhere', 404, 'NotFound', 'the server could not find the requested resource'],
  [`${PODS}/%zz`, 400, 'BadRequest', 'the path is not properly percent-encoded'],
  [`${PODS}?labelSelector=%3D`, 400, 'BadRequest', "unable to parse requirement: found '=', expected: identifier"],
  [`${PODS}?fieldSelector=spec.x%3D1`, 400, 'BadRequest', 'field label not supported: spec.x'],
  [`${PODS}/web/portforward`, 400, 'BadRequest', 'Upgrade request required'],
])('GET %s is answered with %i %s "%s"', async (path, code, reason, message) => {
  await using cluster = await startWithPod();
  const answer = await ask(cluster, path);
  expect(answer.status).toBe(code);
  expect(answer.body).toMatchObject(status(code, reason, message));
});

test('a list of a version that does not exist yet is answered with 504, of a past one with 410', async () => {
  await using cluster = await startWithPod();
  expect((await ask(cluster, `${PODS}?resourceVersion=999999`)).body).toMatchObject({ code: 504, reason: 'Timeout' });
  const past = await ask(cluster, `${PODS}?resourceVersion=1001&resourceVersionMatch=Exact`);
  expect(past.body).toMatchObject({ code: 410, reason: 'Expired' });
  expect((await ask(cluster, `${PODS}?resourceVersion=0`)).status).toBe(200);
});

test('a URL that is too long is answered with 414, a body that is too long with 413', async () => {
  await using cluster = await startWithPod();
  expect((await ask(cluster, `${PODS}?labelSelector=${'a'.repeat(17_000)}`)).body).toMatchObject({ code: 414 });
  const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const body = Buffer.alloc(3 * 1024 * 1024 + 1, 0x20);
  expect((await ask(cluster, reviews, { method: 'POST', body })).body).toMatchObject({ code: 413 });
});

test('without tokens a client without credentials is anonymous', async () => {
  await using cluster = await startWithPod();
  expect((await ask(cluster, PODS, { certificate: false })).status).toBe(200);
  expect(cluster.requests.at(-1)?.user).toBe('system:anonymous');
});

test('with tokens, a client needs one of them or a certificate', async () => {
  await using cluster = await startWithPod({ tokens: ['first', 'second'] });
  const withToken = (authorization: string) => ask(cluster, PODS, { certificate: false, headers: { authorization } });
  expect((await ask(cluster, PODS)).status).toBe(200);
  expect((await withToken('Bearer second')).status).toBe(200);
  expect(cluster.requests.at(-1)?.user).toBe('token-2');
  for (const refused of [await withToken('Bearer third'), await ask(cluster, PODS, { certificate: false })]) {
    expect(refused.body).toMatchObject(status(401, 'Unauthorized', 'Unauthorized'));
  }
  expect(cluster.requests.at(-1)).not.toHaveProperty('user');
});

test('what the rule refuses is answered with 403 in the words of RBAC', async () => {
  await using cluster = await startWithPod({
    authorize: ({ verb, resource }) => verb === 'get' && resource === 'pods',
  });
  const start = 'User "simulated-admin" cannot list resource';
  expect((await ask(cluster, `${PODS}/web`)).status).toBe(200);
  expect((await ask(cluster, PODS)).body).toMatchObject(
    status(403, 'Forbidden', `pods is forbidden: ${start} "pods" in API group "" in the namespace "default"`),
  );
  expect((await ask(cluster, '/apis/apps/v1/deployments')).body.message).toBe(
    `deployments.apps is forbidden: ${start} "deployments" in API group "apps" at the cluster scope`,
  );
});

test('an access review is answered from the rule', async () => {
  const seen: unknown[] = [];
  await using cluster = await SimulatedCluster.start({
    authorize: (attempt) => {
      seen.push(attempt);
      return attempt.verb === 'get';
    },
  });
  const review = async (verb: string) => {
    const resourceAttributes = {
      namespace: 'default',
      verb,
      resource: 'pods',
      subresource: 'portforward',
      name: 'web',
    };
    const body = JSON.stringify({ apiVersion: 'authorization.k8s.io/v1', spec: { resourceAttributes } });
    const headers = { 'content-type': 'application/json' };
    return ask(cluster, '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { method: 'POST', body, headers });
  };
  expect((await review('get')).body.status).toEqual({ allowed: true });
  expect((await review('create')).body.status.allowed).toBe(false);
  expect(seen[0]).toEqual({
    user: 'simulated-admin',
    groups: ['system:masters', 'system:authenticated'],
    verb: 'get',
    group: '',
    resource: 'pods',
    subresource: 'portforward',
    namespace: 'default',
    name: 'web',
  });
});

test.each([
  ['application/json', '{'],
  ['application/vnd.kubernetes.protobuf', 'k8s'],
  ['application/cbor', ''],
])('an access review in %s that is none is refused', async (mediaType, body) => {
  await using cluster = await SimulatedCluster.start();
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const answer = await ask(cluster, path, { method: 'POST', body, headers: { 'content-type': mediaType } });
  expect([400, 415]).toContain(answer.body.code);
});
