import { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { openCluster } from '../../../src/cluster/open-cluster.ts';
import { startApiServer } from '../../helpers/api-server.ts';
import { base64, kubeconfigFor } from '../../helpers/kubeconfig-for.ts';
import { openTestCluster } from '../../helpers/open-test-cluster.ts';

/** An unsigned ID token that is good for an hour. */
function idToken(): string {
  const part = (object: object): string => Buffer.from(JSON.stringify(object)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ exp: Math.floor(Date.now() / 1000) + 3600 })}.x`;
}

test('an auth provider of the kubeconfig is asked through client-node', async () => {
  await using server = await startApiServer();
  const token = idToken();
  const config = { 'id-token': token, 'client-id': 'kforge', 'idp-issuer-url': 'https://login.example.com' };
  await using cluster = await openTestCluster({ server, user: { 'auth-provider': { name: 'oidc', config } } });
  await cluster.request({ path: '/version' });
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
});

test('an auth provider that fails is told without its words', async () => {
  await using server = await startApiServer();
  const config = { 'id-token': 'no.such.s3cret' };
  await using cluster = await openTestCluster({ server, user: { 'auth-provider': { name: 'oidc', config } } });
  const error = await cluster.request({ path: '/' }).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'CREDENTIALS_INVALID', user: 'test-user' });
  expect((error as Error).cause).toBeUndefined();
});

function kubeConfigFor(server: {
  readonly url: string;
  readonly authority: { readonly certificate: string };
}): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(
    JSON.stringify(
      kubeconfigFor({ server: server.url, authority: server.authority.certificate, user: { token: 'abc' } }),
    ),
  );
  return kubeConfig;
}

test("client-node's KubeConfig is taken for what it says", async () => {
  await using server = await startApiServer();
  await using cluster = await openCluster({ kubeconfig: kubeConfigFor(server), environment: {} });
  await cluster.request({ path: '/version' });
  expect(cluster.context).toBe('test');
  expect(server.requests[0]?.headers.authorization).toBe('Bearer abc');
});

test('an authenticator that was added to a KubeConfig is used, for the context that is asked for', async () => {
  await using server = await startApiServer();
  const kubeConfig = kubeConfigFor(server);
  kubeConfig.addUser({ name: 'special' });
  kubeConfig.addContext({ name: 'other', cluster: 'test-cluster', user: 'special' });
  kubeConfig.addAuthenticator({
    isAuthProvider: (user) => user.name === 'special',
    applyAuthentication: async (_user, options) => {
      options.headers = { ...options.headers, Authorization: 'Bearer own' };
    },
  });
  await using cluster = await openCluster({ kubeconfig: kubeConfig, context: 'other', environment: {} });
  await cluster.request({ path: '/version' });
  expect(server.requests[0]?.headers.authorization).toBe('Bearer own');
  expect(kubeConfig.currentContext).toBe('test');
});

test('a KubeConfig with a client certificate shows it', async () => {
  await using server = await startApiServer();
  const { certificate, key } = server.authority.issue({ commonName: 'embedder' });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: 'c', server: server.url, caData: base64(server.authority.certificate) }],
    users: [{ name: 'u', certData: base64(certificate), keyData: base64(key) }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u', namespace: 'shop' }],
    currentContext: 'x',
  });
  await using cluster = await openCluster({ kubeconfig: kubeConfig, environment: {} });
  await cluster.request({ path: '/version' });
  expect(cluster.namespace).toBe('shop');
  expect(server.requests[0]?.clientName).toBe('embedder');
});
