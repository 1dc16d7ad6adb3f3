import { expect, test } from 'vitest';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import { startApiServer } from '../helpers/api-server.ts';
import { kubeconfigFor } from '../helpers/kubeconfig-for.ts';
import { makeTempFolder } from '../helpers/temp-folder.ts';

test('a kubeconfig of KUBECONFIG is opened, and its server reached', async () => {
  await using folder = await makeTempFolder();
  await using server = await startApiServer();
  await folder.write('ca.crt', server.authority.certificate);
  const object = kubeconfigFor({
    server: server.url,
    cluster: { 'certificate-authority': 'ca.crt' },
    user: { token: 'abc' },
    namespace: 'shop',
  });
  const KUBECONFIG = await folder.write('config', JSON.stringify(object));
  await using cluster = await openCluster({ environment: { KUBECONFIG } });
  expect(cluster).toMatchObject({ context: 'test', namespace: 'shop', server: server.url });
  expect(await cluster.request({ path: '/version' })).toEqual({});
});

test('nothing is sent before the first call', async () => {
  await using server = await startApiServer();
  await using _cluster = await openCluster({ kubeconfig: kubeconfigFor({ server: server.url }), environment: {} });
  expect(server.accepted).toBe(0);
});

test('no kubeconfig and no pod is an error', async () => {
  await using folder = await makeTempFolder();
  await expect(openCluster({ environment: { HOME: folder.path } })).rejects.toMatchObject({
    code: 'KUBECONFIG_NOT_FOUND',
  });
});

test('an aborted signal opens nothing', async () => {
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(openCluster({ kubeconfig: kubeconfigFor({ server: 'https://x' }), signal })).rejects.toThrow('too late');
});
