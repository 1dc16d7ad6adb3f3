import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startApiServer } from '../../helpers/api-server.ts';
import { base64 } from '../../helpers/kubeconfig-for.ts';
import { openTestCluster } from '../../helpers/open-test-cluster.ts';
import { pluginSource } from '../../helpers/plugin-source.ts';
import { makeTempFolder } from '../../helpers/temp-folder.ts';

const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'plugin' };

test('a plugin is not run beside a token', async () => {
  await using folder = await makeTempFolder();
  await using server = await startApiServer();
  await folder.writeProgram('plugin', pluginSource({ folder: folder.path, status: `{ token: 'plugin' }` }));
  const environment = { PATH: folder.path };
  await using cluster = await openTestCluster({ server, user: { token: 'abc', exec }, environment });
  await cluster.request({ path: '/' });
  expect(server.requests[0]?.headers.authorization).toBe('Bearer abc');
  await expect(readFile(`${folder.path}/runs`)).rejects.toThrow('ENOENT');
});

test('a client certificate goes with the token of a plugin, which is renewed on 401 over the same connection', async () => {
  await using folder = await makeTempFolder();
  await folder.writeProgram('plugin', pluginSource({ folder: folder.path, status: `{ token: 'run-' + run }` }));
  await using server = await startApiServer({
    respond: (request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer run-2' ? 200 : 401).end('{}');
    },
  });
  const { certificate, key } = server.authority.issue({ commonName: 'dev' });
  const user = { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key), exec };
  await using cluster = await openTestCluster({ server, user, environment: { PATH: folder.path } });
  expect(await cluster.request({ path: '/' })).toEqual({});
  expect(server.requests.map(({ clientName, headers }) => [clientName, headers.authorization])).toEqual([
    ['dev', 'Bearer run-1'],
    ['dev', 'Bearer run-2'],
  ]);
});

test('ten requests at once run the plugin once', async () => {
  await using folder = await makeTempFolder();
  await using server = await startApiServer();
  await folder.writeProgram('plugin', pluginSource({ folder: folder.path, status: `{ token: 'run-' + run }` }));
  await using cluster = await openTestCluster({ server, user: { exec }, environment: { PATH: folder.path } });
  await Promise.all(Array.from({ length: 10 }, () => cluster.request({ path: '/' })));
  expect(new Set(server.requests.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer run-1']));
  expect(server.requests).toHaveLength(10);
});
