import { expect, test } from 'vitest';
import { createEndpoint } from '../../../src/cluster/connection/endpoint.ts';
import type { ClusterEntry } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { createAuthority } from '../../helpers/issue-certificate.ts';
import { makeTempFolder } from '../../helpers/temp-folder.ts';
import { textWith } from '../../helpers/text-with.ts';

const entry = (server: string, more: Partial<ClusterEntry> = {}): ClusterEntry => ({
  name: 'prod',
  server: new URL(server),
  certificateAuthority: undefined,
  tlsServerName: undefined,
  insecureSkipTlsVerify: false,
  proxyUrl: undefined,
  pluginConfig: undefined,
  disableCompression: false,
  ...more,
});

test.each([
  ['https://kube.example.com', 'kube.example.com', 443, 'kube.example.com', ''],
  ['https://10.0.0.1:6443/', '10.0.0.1', 6443, '10.0.0.1:6443', ''],
  ['https://[::1]:6443/k8s/c-1', '::1', 6443, '[::1]:6443', '/k8s/c-1'],
  ['http://localhost:8080', 'localhost', 8080, 'localhost:8080', ''],
])('%s is taken apart', async (server, host, port, authority, basePath) => {
  const endpoint = await createEndpoint({ cluster: entry(server), environment: {} });
  expect(endpoint).toMatchObject({ host, port, authority, basePath, certificateName: host });
  expect(endpoint.url).toBe(server.replace(/\/$/, ''));
});

test('the proxy of the kubeconfig counts before the one of the environment', async () => {
  const environment = { HTTPS_PROXY: 'http://environment' };
  const proxyUrl = new URL('http://kubeconfig');
  const both = await createEndpoint({ cluster: entry('https://a.example', { proxyUrl }), environment });
  const one = await createEndpoint({ cluster: entry('https://a.example'), environment });
  expect(both.proxy?.host).toBe('kubeconfig');
  expect(one.proxy?.host).toBe('environment');
});

test('a certificate authority is read from its file', async () => {
  await using folder = await makeTempFolder();
  const { certificate } = createAuthority();
  const file = await folder.write('ca.crt', certificate);
  const cluster = entry('https://a.example', { certificateAuthority: { file } });
  expect(await createEndpoint({ cluster, environment: {} })).toMatchObject({ certificateAuthority: certificate });
});

test('a certificate authority that is missing or none is an error that names it', async () => {
  await using folder = await makeTempFolder();
  const missing = entry('https://a.example', { certificateAuthority: { file: `${folder.path}/ca.crt` } });
  await expect(createEndpoint({ cluster: missing, environment: {} })).rejects.toMatchObject({
    code: 'KUBECONFIG_INVALID',
    message: textWith(/ca\.crt of the cluster "prod" does not exist/),
  });
  const broken = entry('https://a.example', { certificateAuthority: { data: '-----BEGIN CERTIFICATE-----\nAA==' } });
  await expect(createEndpoint({ cluster: broken, environment: {} })).rejects.toMatchObject({
    code: 'KUBECONFIG_INVALID',
    message: textWith('certificate-authority-data of the cluster "prod" is no certificate'),
  });
});
