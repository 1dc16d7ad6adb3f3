import { request as httpsRequest } from 'node:https';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import { type ApiServer, type SeenRequest, startApiServer } from '../helpers/api-server.ts';
import { base64 } from '../helpers/kubeconfig-for.ts';
import { pluginSource } from '../helpers/plugin-source.ts';
import { makeTempFolder, type TempFolder } from '../helpers/temp-folder.ts';

/** What a server learns of a client, and what a client makes of its kubeconfig. */
interface Meaning {
  readonly server: string;
  readonly context: string;
  readonly namespace: string;
  readonly seen: Pick<SeenRequest, 'url' | 'clientName'> & { readonly headers: Readonly<Record<string, unknown>> };
}

const MATTERING = ['authorization', 'impersonate-user'];

function meaningful(seen: SeenRequest | undefined): Meaning['seen'] {
  const headers = Object.fromEntries(MATTERING.map((name) => [name, seen?.headers[name]]));
  return { url: seen?.url ?? '', clientName: seen?.clientName, headers };
}

async function ours(files: readonly string[], server: ApiServer): Promise<Meaning> {
  const KUBECONFIG = files.join(path.delimiter);
  await using cluster = await openCluster({ environment: { ...process.env, KUBECONFIG } });
  await cluster.request({ path: '/version' });
  const { context, namespace } = cluster;
  return { server: cluster.server, context, namespace, seen: meaningful(server.requests.at(-1)) };
}

async function clientNodes(files: readonly string[], server: ApiServer): Promise<Meaning> {
  const kubeConfig = new KubeConfig();
  const before = process.env.KUBECONFIG;
  process.env.KUBECONFIG = files.join(path.delimiter);
  // kubectl takes the first current context; client-node does so only when told
  kubeConfig.loadFromDefault(undefined, true);
  if (before === undefined) delete process.env.KUBECONFIG;
  else process.env.KUBECONFIG = before;
  const url = kubeConfig.getCurrentCluster()?.server ?? '';
  const options = {};
  await kubeConfig.applyToHTTPSOptions(options);
  await new Promise<void>((resolve, reject) => {
    const request = httpsRequest(`${url}/version`, options, (response) => void response.resume().once('end', resolve));
    request.once('error', reject).end();
  });
  const context = kubeConfig.getCurrentContext();
  const namespace = kubeConfig.getContextObject(context)?.namespace ?? 'default';
  return { server: url, context, namespace, seen: meaningful(server.requests.at(-1)) };
}

interface Case {
  readonly cluster?: object;
  readonly user?: object;
  readonly context?: object;
}

type Prepare = (given: { readonly folder: TempFolder; readonly server: ApiServer }) => Promise<Case>;

const cases: Readonly<Record<string, Prepare>> = {
  'a token': async () => ({ user: { token: 'abc' } }),
  'no user at all': async () => ({ user: {}, context: { user: undefined } }),
  'a user name and password': async () => ({ user: { username: 'jane', password: 'a:b' } }),
  'a namespace': async () => ({ context: { namespace: 'shop' } }),
  'an empty namespace': async () => ({ context: { namespace: '' } }),
  'a slash at the end of the server': async ({ server }) => ({ cluster: { server: `${server.url}/` } }),
  'a path in the server': async ({ server }) => ({ cluster: { server: `${server.url}/k8s/clusters/c-1` } }),
  'an authority in a file beside the kubeconfig': async ({ folder, server }) => {
    await folder.write('pki/ca.crt', server.authority.certificate);
    return { cluster: { 'certificate-authority-data': undefined, 'certificate-authority': 'pki/ca.crt' } };
  },
  'no verification of the server': async () => ({
    cluster: { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true },
  }),
  'another name of the server': async ({ server }) => ({
    cluster: { server: server.url, 'tls-server-name': 'localhost' },
  }),
  'a client certificate in the kubeconfig': async ({ server }) => {
    const { certificate, key } = server.authority.issue({ commonName: 'inline' });
    return { user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) } };
  },
  'a client certificate in files': async ({ folder, server }) => {
    const { certificate, key } = server.authority.issue({ commonName: 'in-files' });
    await folder.write('user.crt', certificate);
    await folder.write('user.key', key);
    return { user: { 'client-certificate': 'user.crt', 'client-key': './user.key' } };
  },
  'a client certificate and a token': async ({ server }) => {
    const { certificate, key } = server.authority.issue({ commonName: 'both' });
    return { user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key), token: 'abc' } };
  },
  impersonation: async () => ({ user: { token: 'abc', as: 'jane' } }),
  'a plugin that gives a token': async ({ folder }) => {
    const command = await folder.writeProgram(
      'login',
      pluginSource({ folder: folder.path, status: `{ token: 'plugin' }` }),
    );
    return { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args: null, env: null } } };
  },
  'a plugin that gives a certificate': async ({ folder, server }) => {
    const { certificate, key } = server.authority.issue({ commonName: 'from-plugin' });
    const status = JSON.stringify({ clientCertificateData: certificate, clientKeyData: key });
    const command = await folder.writeProgram('login', pluginSource({ folder: folder.path, status }));
    return { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command } } };
  },
};

test.each(Object.entries(cases))('%s means the same as to client-node', async (_name, prepare) => {
  await using folder = await makeTempFolder();
  await using server = await startApiServer();
  const { cluster, user, context } = await prepare({ folder, server });
  const data = base64(server.authority.certificate);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'c', cluster: { server: server.url, 'certificate-authority-data': data, ...cluster } }],
    users: [{ name: 'u', user: user ?? { token: 'abc' } }],
    contexts: [{ name: 'test', context: { cluster: 'c', user: 'u', ...context } }],
  };
  // without a user client-node forgets the authority as well, and so cannot connect
  const isAnonymous = 'user' in (context ?? {});
  const files = [await folder.write('config', JSON.stringify(config))];
  const expected = isAnonymous ? undefined : await clientNodes(files, server);
  const meaning = await ours(files, server);
  expect(meaning.context).toBe('test');
  expect(meaning.seen.url).toMatch(/\/version$/);
  if (expected) expect(meaning).toEqual(expected);
});

test('several files are merged as client-node merges them', async () => {
  await using folder = await makeTempFolder();
  await using server = await startApiServer();
  const data = base64(server.authority.certificate);
  const write = (name: string, content: object): Promise<string> => folder.write(name, JSON.stringify(content));
  const files = [
    await write('contexts', {
      'current-context': 'second',
      contexts: [
        { name: 'first', context: { cluster: 'c', user: 'one' } },
        { name: 'second', context: { cluster: 'c', user: 'two', namespace: 'shop' } },
      ],
    }),
    await write('clusters', {
      'current-context': 'first',
      clusters: [{ name: 'c', cluster: { server: server.url, 'certificate-authority-data': data } }],
    }),
    await write('users', {
      users: [
        { name: 'one', user: { token: '1' } },
        { name: 'two', user: { token: '2' } },
      ],
    }),
  ];
  const meaning = await ours(files, server);
  expect(meaning).toEqual(await clientNodes(files, server));
  expect(meaning).toMatchObject({
    context: 'second',
    namespace: 'shop',
    seen: { headers: { authorization: 'Bearer 2' } },
  });
});
