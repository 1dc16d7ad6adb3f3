import { expect, test } from 'vitest';
import { aggregatedDiscovery } from '../../src/api/aggregated-discovery.ts';
import { apiGroup } from '../../src/api/discovery.ts';
import { SimulatedCluster } from '../../src/index.ts';
import { BUILT_IN_KINDS, builtInKind } from '../../src/state/built-in-kinds.ts';
import { apiVersionOf, type ResourceKind } from '../../src/state/resource-kind.ts';
import { ask } from '../helpers/api-client.ts';

const aggregated = (version: string) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

test.each(['v2', 'v2beta1'])(
  'aggregated discovery in %s is answered in the media type that was asked for',
  async (version) => {
    await using cluster = await SimulatedCluster.start();
    const accept = `${aggregated(version)},application/json`;
    const core = await ask(cluster, '/api?timeout=32s', { headers: { accept } });
    expect(core.headers['content-type']).toBe(aggregated(version));
    expect(core.body).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}` });
    const pods = { resource: 'pods', scope: 'Namespaced', shortNames: ['po'] };
    expect(core.body.items).toMatchObject([
      { versions: [{ version: 'v1', resources: expect.arrayContaining([expect.objectContaining(pods)]) as unknown }] },
    ]);
    const groups = await ask(cluster, '/apis', { headers: { accept } });
    expect(groups.body.items.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(['apps', 'batch', 'discovery.k8s.io']),
    );
  },
);

test('a client that knows no aggregated discovery gets the old form', async () => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, '/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
  const groups = [{ name: 'apps', preferredVersion: { groupVersion: 'apps/v1' } }];
  expect((await ask(cluster, '/apis')).body).toMatchObject({
    kind: 'APIGroupList',
    groups: expect.arrayContaining([expect.objectContaining({ name: 'apps' })]) as unknown,
  });
  expect((await ask(cluster, '/apis/apps')).body).toMatchObject({ kind: 'APIGroup', ...groups[0] });
  expect((await ask(cluster, '/apis/apps/v1')).body).toMatchObject({
    kind: 'APIResourceList',
    groupVersion: 'apps/v1',
  });
  const names = ((await ask(cluster, '/api/v1')).body as unknown as { resources: { name: string }[] }).resources;
  expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['pods', 'pods/portforward', 'services']));
});

const GADGET: ResourceKind = {
  ...builtInKind('Deployment'),
  ...{ group: 'example.com', version: 'v1', kind: 'Gadget', resource: 'gadgets', singular: 'gadget', isCustom: true },
};

function gadgets(...versions: readonly string[]): readonly ResourceKind[] {
  return [...BUILT_IN_KINDS, ...versions.map((version) => ({ ...GADGET, version }))];
}

test('versions are ordered by how stable and how new they are, the preferred one first', () => {
  const kinds = gadgets('v12alpha1', 'foo', 'v1', 'v2beta10', 'v10', 'v2beta2', 'v2', 'bar');
  const ordered = ['v10', 'v2', 'v1', 'v2beta10', 'v2beta2', 'v12alpha1', 'bar', 'foo'];
  expect(apiGroup({ kinds, group: 'example.com' })).toEqual({
    kind: 'APIGroup',
    apiVersion: 'v1',
    name: 'example.com',
    versions: ordered.map((version) => ({ groupVersion: `example.com/${version}`, version })),
    preferredVersion: { groupVersion: 'example.com/v10', version: 'v10' },
  });
  expect(aggregatedDiscovery({ kinds, version: 'v2' })).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({
        metadata: { name: 'example.com' },
        versions: ordered.map((version) => expect.objectContaining({ version, freshness: 'Current' }) as unknown),
      }),
    ]) as unknown,
  });
});

test('discovery says the group and version of a kind for custom kinds only', () => {
  const { items } = aggregatedDiscovery({ kinds: gadgets('v2'), version: 'v2' }) as {
    items: { metadata: { name?: string }; versions: { resources: { resource: string }[] }[] }[];
  };
  const found = (group: string, name: string) =>
    items
      .find(({ metadata }) => metadata.name === group)
      ?.versions[0]?.resources.find(({ resource }) => resource === name);
  const scale = { subresource: 'scale', responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' } };
  expect(found('example.com', 'gadgets')).toMatchObject({
    responseKind: { group: 'example.com', version: 'v2', kind: 'Gadget' },
    subresources: [scale, { responseKind: { group: 'example.com', version: 'v2', kind: 'Deployment' } }],
  });
  expect(found('apps', 'deployments')).toMatchObject({
    responseKind: { group: '', version: '', kind: 'Deployment' },
    subresources: [scale, { responseKind: { group: '', version: '', kind: 'Deployment' } }],
  });
});

test('the list of the core group says no version of its own, others do', async () => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, '/api/v1')).body).not.toHaveProperty('apiVersion');
  expect((await ask(cluster, '/apis/apps/v1')).body).toHaveProperty('apiVersion', 'v1');
});

test('OpenAPI v3 says of every kind that is written that the server validates fields', async () => {
  await using cluster = await SimulatedCluster.start();
  const index = (await ask(cluster, '/openapi/v3')).body as unknown as {
    paths: Record<string, { serverRelativeURL: string }>;
  };
  for (const kind of BUILT_IN_KINDS) {
    const path = `${kind.group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}`;
    const document = (await ask(cluster, index.paths[path]?.serverRelativeURL ?? '')).body as unknown as {
      paths: Record<string, Record<string, unknown>>;
    };
    const all = `/${path}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.resource}`;
    const operation = {
      parameters: [{ name: 'fieldValidation', in: 'query' }],
      'x-kubernetes-group-version-kind': { group: kind.group, version: kind.version, kind: kind.kind },
    };
    expect(document.paths[all]).toMatchObject({ post: operation });
    const { patch, put } = document.paths[`${all}/{name}`] ?? {};
    if (kind.verbs.includes('patch')) expect({ patch, put }).toMatchObject({ patch: operation, put: operation });
    else expect({ patch, put }).toEqual({});
  }
});

test('OpenAPI v2 is protobuf that names itself swagger 2.0', async () => {
  await using cluster = await SimulatedCluster.start();
  const accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
  const { status, headers, text } = await ask(cluster, '/openapi/v2', { headers: { accept } });
  expect([status, headers['content-type']]).toEqual([
    200,
    'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
  ]);
  expect([...protobufFields(Buffer.from(text, 'utf8'))].map(([field, value]) => [field, String(value)])).toEqual([
    [1, '2.0'],
    [2, '\n\nKubernetes\u0012\u0007v1.34.2'],
    [8, ''],
    [9, ''],
  ]);
});

/** The length-delimited fields of a message whose numbers and lengths fit in one byte each. */
function* protobufFields(bytes: Buffer): Generator<[number, Buffer]> {
  for (let offset = 0; offset < bytes.length; ) {
    const [tag = 0, length = 0] = bytes.subarray(offset, offset + 2);
    yield [tag >> 3, bytes.subarray(offset + 2, offset + 2 + length)];
    offset += 2 + length;
  }
}

test('OpenAPI v2 is JSON for whoever does not ask for protobuf', async () => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, '/openapi/v2')).body).toEqual({
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.34.2' },
    paths: {},
    definitions: {},
  });
});

test('version and health are answered', async () => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, '/version?timeout=32s')).body).toMatchObject({
    major: '1',
    minor: '34',
    emulationMajor: '1',
    emulationMinor: '34',
    minCompatibilityMajor: '1',
    minCompatibilityMinor: '33',
    gitVersion: 'v1.34.2',
  });
  for (const path of ['/healthz', '/livez', '/readyz', '/livez/ping']) {
    expect((await ask(cluster, path)).text).toBe('ok');
  }
});

test('health names its checks when asked to', async () => {
  await using cluster = await SimulatedCluster.start();
  const textOf = async (path: string) => (await ask(cluster, path)).text;
  expect(await textOf('/readyz?verbose')).toBe('[+]ping ok\nreadyz check passed\n');
  expect(await textOf('/livez?verbose&exclude=ping')).toBe('[+]ping excluded: ok\nlivez check passed\n');
  expect(await textOf('/livez?verbose=1&exclude=x')).toBe(
    '[+]ping ok\nwarn: some health checks cannot be excluded: no matches for "x"\nlivez check passed\n',
  );
});

test('the root lists what can be asked for', async () => {
  await using cluster = await SimulatedCluster.start();
  const { paths } = (await ask(cluster, '/')).body as unknown as { paths: string[] };
  expect(paths).toEqual(expect.arrayContaining(['/api/v1', '/apis/apps', '/apis/apps/v1', '/readyz', '/version']));
  expect(paths).toEqual([...new Set(paths)].sort());
  for (const path of paths) expect({ path, status: (await ask(cluster, path)).status }).toEqual({ path, status: 200 });
});

test.each(['/apis/nope', '/apis/apps/v9', '/api/v9', '/openapi/v3/apis/nope/v1', '/openapi/v4', '/version/more'])(
  'GET %s is answered with a 404 Status',
  async (path) => {
    await using cluster = await SimulatedCluster.start();
    expect((await ask(cluster, path)).body).toMatchObject({ kind: 'Status', code: 404, reason: 'NotFound' });
  },
);

test.each(['/metrics', '/livez/nope', '/openid/v1/jwks', '/nope'])('GET %s does not exist', async (path) => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, path)).status).toBe(404);
});

test('only GET is allowed for what describes the server', async () => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, '/version', { method: 'POST', body: '{}' })).body).toMatchObject({ code: 405 });
  expect(await ask(cluster, '/livez', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
});
