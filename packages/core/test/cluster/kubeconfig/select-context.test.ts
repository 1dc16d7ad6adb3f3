import path from 'node:path';
import { expect, test } from 'vitest';
import { mergeKubeconfig } from '../../../src/cluster/kubeconfig/merge-kubeconfig.ts';
import { selectContext } from '../../../src/cluster/kubeconfig/select-context.ts';
import { base64 } from '../../helpers/kubeconfig-for.ts';

const FILE = path.resolve('/etc/kube/config');
const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';

interface Parts {
  readonly cluster?: object;
  readonly user?: object;
  readonly context?: object;
}

const select = (parts: Parts, context?: string): ReturnType<typeof selectContext> =>
  selectContext({
    context,
    kubeconfig: mergeKubeconfig([
      {
        file: FILE,
        content: {
          'current-context': 'test',
          clusters: [{ name: 'c', cluster: { server: 'https://kube', ...parts.cluster } }],
          users: [{ name: 'u', user: parts.user }],
          contexts: [{ name: 'test', context: { cluster: 'c', user: 'u', ...parts.context } }, { name: 'other' }],
        },
      },
    ]),
  });

const problem = (parts: Parts): string => {
  try {
    select(parts);
  } catch (error) {
    expect(error).toMatchObject({ code: 'KUBECONFIG_INVALID', file: FILE });
    return (error as Error).message;
  }
  throw new Error('it was taken');
};

test('the current context is taken, with its cluster, user and namespace', () => {
  const context = select({ context: { namespace: 'shop' } });
  expect(context).toMatchObject({ name: 'test', namespace: 'shop', cluster: { name: 'c' }, user: { name: 'u' } });
  expect(select({}).namespace).toBe('default');
});

test('an unknown context is told with those that exist', () => {
  expect(() => select({}, 'prod')).toThrowError(
    expect.objectContaining({ code: 'CONTEXT_NOT_FOUND', context: 'prod', available: ['test', 'other'] }),
  );
  expect(() => selectContext({ kubeconfig: mergeKubeconfig([{ file: FILE, content: {} }]) })).toThrowError(
    expect.objectContaining({ code: 'CONTEXT_NOT_FOUND', context: '' }),
  );
});

test('a broken entry that the context does not use does no harm', () => {
  const kubeconfig = mergeKubeconfig([
    {
      file: FILE,
      content: {
        'current-context': 'a',
        clusters: [
          { name: 'good', cluster: { server: 'https://kube' } },
          { name: 'bad', cluster: { server: 7 } },
        ],
        contexts: [{ name: 'a', context: { cluster: 'good' } }],
      },
    },
  ]);
  expect(selectContext({ kubeconfig })).toMatchObject({ name: 'a', user: undefined });
});

test('relative paths refer to the folder of the file, and data counts before files', () => {
  const context = select({
    cluster: { 'certificate-authority': 'ca.crt' },
    user: {
      'client-certificate': '../user.crt',
      'client-key': '/keys/user.key',
      'client-key-data': base64(PEM),
      tokenFile: 'token',
    },
  });
  expect(context.cluster.certificateAuthority).toEqual({ file: path.resolve('/etc/kube/ca.crt') });
  expect(context.user?.clientCertificate).toEqual({
    certificate: { file: path.resolve('/etc/user.crt') },
    key: { data: PEM },
  });
  expect(context.user?.tokenFile).toBe(path.resolve('/etc/kube/token'));
});

test('a server without a scheme is plain HTTP, as with kubectl', () => {
  expect(select({ cluster: { server: 'localhost:8080' } }).cluster.server.href).toBe('http://localhost:8080/');
});

test('text that YAML takes for something else stays text', () => {
  const context = select({ context: { namespace: 12345 }, user: { token: 12345 } });
  expect(context.namespace).toBe('12345');
  expect(context.user?.token).toBe('12345');
});

test('a plugin is read with its defaults', () => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1beta1', command: './login', args: ['a', 1], env: null };
  expect(select({ user: { exec } }).user?.plugin).toEqual({
    apiVersion: exec.apiVersion,
    command: './login',
    folder: path.dirname(FILE),
    args: ['a', '1'],
    env: {},
    installHint: undefined,
    provideClusterInfo: false,
    interactiveMode: 'IfAvailable',
  });
});

test('the configuration for plugins is taken from the extension of the cluster', () => {
  const extensions = [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } }];
  expect(select({ cluster: { extensions } }).cluster.pluginConfig).toEqual({ audience: 'x' });
});

const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'x' };

test.each<[Parts, string]>([
  [{ context: { cluster: 'none' } }, 'names the cluster "none"'],
  [{ context: { user: 'none' } }, 'names the user "none"'],
  [{ context: { cluster: '' } }, 'contexts["test"].context.cluster is missing'],
  [{ context: { namespace: 'No Such' } }, 'contexts["test"].context.namespace is wrong'],
  [{ cluster: { server: '' } }, 'clusters["c"].cluster.server is missing'],
  [{ cluster: { server: ['x'] } }, 'clusters["c"].cluster.server is no text'],
  [{ cluster: { server: 'ftp://x' } }, 'server must begin with https:// or http://'],
  [{ cluster: { server: 'https://' } }, 'server is no URL'],
  [{ cluster: { server: 'https://a:b@kube' } }, 'server must not hold credentials'],
  [{ cluster: { server: 'https://kube?x=1' } }, 'server must not have a query'],
  [{ cluster: { 'proxy-url': 'socks4://x' } }, 'proxy-url must begin with'],
  [{ cluster: { 'insecure-skip-tls-verify': 'yes' } }, 'insecure-skip-tls-verify is neither true nor false'],
  [{ cluster: { 'certificate-authority-data': 'AAAA' } }, 'certificate-authority-data is not a PEM block'],
  [{ user: { token: 'a\nb' } }, 'token has characters'],
  [{ user: { token: 'a', username: 'b' } }, 'username stands beside a token'],
  [{ user: { 'client-certificate': 'x' } }, 'client-key is missing'],
  [{ user: { 'as-groups': ['x'] } }, 'as is missing'],
  [{ user: { as: 'a\r\nb' } }, 'has characters that no HTTP header may have'],
  [{ user: { 'auth-provider': {} } }, 'auth-provider.name is missing'],
  [{ user: { exec, 'auth-provider': { name: 'oidc' } } }, 'cannot be combined with exec'],
  [{ user: { exec: { ...exec, command: '' } } }, 'exec.command is missing'],
  [{ user: { exec: { ...exec, apiVersion: undefined } } }, 'exec.apiVersion is missing'],
  [{ user: { exec: { ...exec, apiVersion: 'client.authentication.k8s.io/v1alpha1' } } }, 'dropped in 1.24'],
  [{ user: { exec: { ...exec, interactiveMode: 'Maybe' } } }, 'interactiveMode must be'],
  [{ user: { exec: { ...exec, args: 'x' } } }, 'exec.args is no list'],
  [{ user: { exec: { ...exec, args: [{}] } } }, 'exec.args holds something that is no text'],
  [{ user: { exec: { ...exec, env: [{ value: 'x' }] } } }, 'exec.env holds an entry without a proper name'],
  [{ user: { exec: { ...exec, env: [{ name: 'A', value: 'x\0y' }] } } }, 'exec.env holds a value that is no text'],
])('%j is told with file and field', (parts, expected) => {
  expect(problem(parts)).toContain(expected);
});

test('the value of a wrong field is not told: it may be a secret', () => {
  expect(problem({ user: { token: 's3cret\n!' } })).not.toContain('s3cret');
});
