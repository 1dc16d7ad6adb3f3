import { expect, test } from 'vitest';
import { readServiceAccount } from '../../../src/cluster/kubeconfig/service-account.ts';
import { makeTempFolder } from '../../helpers/temp-folder.ts';

const environment = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };

test('inside a pod the mounted service account and the environment make a context', async () => {
  await using folder = await makeTempFolder();
  await folder.write('token', 'abc');
  await folder.write('namespace', 'shop\n');
  const context = await readServiceAccount({ environment, folder: folder.path });
  expect(context).toMatchObject({
    name: 'in-cluster',
    namespace: 'shop',
    cluster: { certificateAuthority: { file: `${folder.path}/ca.crt` } },
    user: { tokenFile: `${folder.path}/token` },
  });
  expect(context?.cluster.server.href).toBe('https://10.96.0.1/');
});

test('an IPv6 address is put in brackets', async () => {
  await using folder = await makeTempFolder();
  await folder.write('token', 'abc');
  const address = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' };
  const context = await readServiceAccount({ environment: address, folder: folder.path });
  expect(context?.cluster.server.href).toBe('https://[fd00::1]:6443/');
  expect(context?.namespace).toBe('default');
});

test('outside of a pod, or without a mounted token, there is none', async () => {
  await using folder = await makeTempFolder();
  expect(await readServiceAccount({ environment, folder: folder.path })).toBeUndefined();
  await folder.write('token', 'abc');
  expect(await readServiceAccount({ environment: {}, folder: folder.path })).toBeUndefined();
});
