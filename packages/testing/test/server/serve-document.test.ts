import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../src/index.ts';
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

test('OpenAPI v3 says of every kind that the server validates fields', async () => {
  await using cluster = await SimulatedCluster.start();
  const index = (await ask(cluster, '/openapi/v3')).body as unknown as {
    paths: Record<string, { serverRelativeURL: string }>;
  };
  const url = index.paths['apis/apps/v1']?.serverRelativeURL ?? '';
  expect((await ask(cluster, url)).body).toMatchObject({
    paths: {
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}': {
        patch: {
          parameters: [{ name: 'fieldValidation', in: 'query' }],
          'x-kubernetes-group-version-kind': { group: 'apps', version: 'v1', kind: 'Deployment' },
        },
      },
    },
  });
});

test('OpenAPI v2 is protobuf that names itself swagger 2.0', async () => {
  await using cluster = await SimulatedCluster.start();
  const { status, headers, text } = await ask(cluster, '/openapi/v2');
  expect([status, headers['content-type']]).toEqual([
    200,
    'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
  ]);
  expect(text.startsWith('\n\u00032.0')).toBe(true);
});

test('version and health are answered', async () => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, '/version?timeout=32s')).body).toMatchObject({
    major: '1',
    gitVersion: expect.stringMatching(/^v1\./) as unknown,
  });
  for (const path of ['/healthz', '/livez', '/readyz']) expect((await ask(cluster, path)).text).toBe('ok');
});

test.each(['/apis/nope', '/apis/apps/v9', '/api/v9', '/openapi/v3/apis/nope/v1', '/openapi/v4', '/version/more', '/'])(
  'GET %s is answered with a 404 Status',
  async (path) => {
    await using cluster = await SimulatedCluster.start();
    expect((await ask(cluster, path)).body).toMatchObject({ kind: 'Status', code: 404, reason: 'NotFound' });
  },
);

test('only GET is allowed for what describes the server', async () => {
  await using cluster = await SimulatedCluster.start();
  expect((await ask(cluster, '/version', { method: 'POST', body: '{}' })).body).toMatchObject({ code: 405 });
});
