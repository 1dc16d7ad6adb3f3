import path from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { Credential } from '../../../src/cluster/credentials/credentials.ts';
import {
  PluginCredentials,
  type PluginCredentialsOptions,
} from '../../../src/cluster/credentials/plugin-credentials.ts';
import type { PluginEntry } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { pluginSource } from '../../helpers/plugin-source.ts';
import { makeTempFolder, type TempFolder } from '../../helpers/temp-folder.ts';
import { textWith } from '../../helpers/text-with.ts';

const V1 = 'client.authentication.k8s.io/v1';
const HOUR_MS = 3_600_000;

interface Options extends Partial<Omit<PluginCredentialsOptions, 'plugin'>> {
  readonly plugin?: Partial<PluginEntry>;
}

function credentials(folder: TempFolder, options: Options = {}): PluginCredentials {
  return new PluginCredentials({
    user: 'dev',
    cluster: {
      name: 'prod',
      server: new URL('https://kube.example.com:6443'),
      certificateAuthority: undefined,
      tlsServerName: 'kube',
      insecureSkipTlsVerify: false,
      proxyUrl: undefined,
      pluginConfig: { audience: 'x' },
      disableCompression: false,
    },
    certificateAuthority: 'PEM',
    environment: { PATH: folder.path },
    interactive: false,
    ...options,
    plugin: {
      apiVersion: V1,
      command: 'plugin',
      folder: folder.path,
      args: [],
      env: {},
      installHint: undefined,
      provideClusterInfo: false,
      interactiveMode: 'IfAvailable',
      ...options.plugin,
    },
  });
}

/** A plugin that counts its runs in a file, and gives a token with that number. */
const countingPlugin = (folder: TempFolder, more = ''): Promise<string> =>
  folder.writeProgram('plugin', pluginSource({ folder: folder.path, status: `{ token: 'token-' + run ${more} }` }));

const tokenOf = (credential: Credential): string | undefined => credential.headers.Authorization;

test('a plugin is found on PATH of the given environment and gives a token', async () => {
  await using folder = await makeTempFolder();
  await countingPlugin(folder);
  expect(tokenOf(await credentials(folder).get({}))).toBe('Bearer token-1');
});

test('callers at the same time share one run, and later ones its answer', async () => {
  await using folder = await makeTempFolder();
  await countingPlugin(folder);
  const source = credentials(folder);
  const all = await Promise.all(Array.from({ length: 10 }, () => source.get({})));
  expect(new Set(all).size).toBe(1);
  expect(await source.get({})).toBe(all[0]);
});

test('a rejected credential is renewed once for all who show it', async () => {
  await using folder = await makeTempFolder();
  await countingPlugin(folder);
  const source = credentials(folder);
  const rejected = await source.get({});
  const renewed = await Promise.all([source.get({ rejected }), source.get({ rejected })]);
  expect(renewed.map(tokenOf)).toEqual(['Bearer token-2', 'Bearer token-2']);
  expect(tokenOf(await source.get({ rejected }))).toBe('Bearer token-2');
});

test('a credential is renewed ten seconds before it expires', async () => {
  await using folder = await makeTempFolder();
  const start = Date.parse('2030-01-01T00:00:00Z');
  let now = start;
  await countingPlugin(folder, `, expirationTimestamp: '2030-01-01T01:00:00Z'`);
  const source = credentials(folder, { now: () => now });
  await source.get({});
  now = start + HOUR_MS - 10_001;
  expect(tokenOf(await source.get({}))).toBe('Bearer token-1');
  now = start + HOUR_MS - 10_000;
  expect(tokenOf(await source.get({}))).toBe('Bearer token-2');
});

test('a plugin gets its arguments, its environment and what it is told', async () => {
  await using folder = await makeTempFolder();
  const show = `Buffer.from(JSON.stringify({ args: process.argv.slice(2), env: process.env })).toString('base64')`;
  await folder.writeProgram('plugin', pluginSource({ folder: folder.path, status: `{ token: ${show} }` }));
  const source = credentials(folder, {
    environment: { PATH: folder.path, OUTER: 'outer', BOTH: 'outer' },
    plugin: { args: ['get-token', '--x'], env: { BOTH: 'inner' }, provideClusterInfo: true },
  });
  const shown = tokenOf(await source.get({}))?.replace('Bearer ', '') ?? '';
  const { args, env } = JSON.parse(Buffer.from(shown, 'base64').toString()) as {
    args: string[];
    env: Record<string, string>;
  };
  expect(args).toEqual(['get-token', '--x']);
  expect(env).toMatchObject({ OUTER: 'outer', BOTH: 'inner' });
  expect(JSON.parse(env.KUBERNETES_EXEC_INFO ?? '')).toEqual({
    kind: 'ExecCredential',
    apiVersion: V1,
    spec: {
      interactive: false,
      cluster: {
        server: 'https://kube.example.com:6443',
        'tls-server-name': 'kube',
        'certificate-authority-data': Buffer.from('PEM').toString('base64'),
        config: { audience: 'x' },
      },
    },
  });
});

test('the cluster is not told to a plugin that does not ask for it', async () => {
  await using folder = await makeTempFolder();
  const show = `Buffer.from(process.env.KUBERNETES_EXEC_INFO).toString('base64')`;
  const apiVersion = 'client.authentication.k8s.io/v1beta1';
  await folder.writeProgram('plugin', pluginSource({ folder: folder.path, apiVersion, status: `{ token: ${show} }` }));
  const shown = tokenOf(await credentials(folder, { plugin: { apiVersion } }).get({}))?.replace('Bearer ', '') ?? '';
  expect(JSON.parse(Buffer.from(shown, 'base64').toString())).toEqual({
    kind: 'ExecCredential',
    apiVersion,
    spec: { interactive: false },
  });
});

test('a relative command with a separator refers to the folder of the kubeconfig', async () => {
  await using folder = await makeTempFolder();
  await folder.writeProgram('bin/login', pluginSource({ folder: folder.path, status: `{ token: 'x' }` }));
  const source = credentials(folder, { environment: {}, plugin: { command: 'bin/login' } });
  expect(tokenOf(await source.get({}))).toBe('Bearer x');
});

test('a plugin may give a client certificate', async () => {
  await using folder = await makeTempFolder();
  const status = `{ clientCertificateData: 'CERT', clientKeyData: 'KEY' }`;
  await folder.writeProgram('plugin', pluginSource({ folder: folder.path, status }));
  expect(await credentials(folder).get({})).toEqual({
    headers: {},
    clientCertificate: { certificate: 'CERT', key: 'KEY' },
  });
});

test('a missing plugin is told with the folders searched and the hint of the kubeconfig', async () => {
  await using folder = await makeTempFolder();
  const environment = { PATH: `${folder.path}${path.delimiter}/nowhere` };
  const source = credentials(folder, { environment, plugin: { installHint: 'Install it with: get-it' } });
  await expect(source.get({})).rejects.toMatchObject({
    code: 'CREDENTIAL_PLUGIN_NOT_FOUND',
    command: 'plugin',
    searched: [folder.path, '/nowhere'],
    hint: textWith('get-it'),
  });
});

test('a failing plugin is told with its exit code and the end of its stderr', async () => {
  await using folder = await makeTempFolder();
  const source = `for (let i = 0; i < 50; i++) console.error('\\u001b[31mline ' + i); process.exitCode = 7`;
  await folder.writeProgram('plugin', source);
  const error = await credentials(folder)
    .get({})
    .catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'CREDENTIAL_PLUGIN_FAILED', exitCode: 7 });
  const { hint, message } = error as { hint: string; message: string };
  expect(message).toContain('failed with exit code 7');
  expect(hint.split('\n')).toEqual(Array.from({ length: 10 }, (_, index) => `line ${40 + index}`));
});

test('after a failure the plugin is run again', async () => {
  await using folder = await makeTempFolder();
  await folder.writeProgram('plugin', 'process.exitCode = 1');
  const source = credentials(folder);
  await expect(source.get({})).rejects.toMatchObject({ exitCode: 1 });
  await countingPlugin(folder);
  expect(tokenOf(await source.get({}))).toBe('Bearer token-1');
});

test('a plugin that does not finish is ended', async () => {
  await using folder = await makeTempFolder();
  await folder.writeProgram('plugin', 'setInterval(() => {}, 1000)');
  await expect(credentials(folder, { timeoutMs: 300 }).get({})).rejects.toThrow('did not finish within 0.3 s');
});

test('a plugin that prints without end is ended', async () => {
  await using folder = await makeTempFolder();
  await folder.writeProgram('plugin', `setInterval(() => process.stdout.write('x'.repeat(65536)), 0)`);
  await expect(credentials(folder).get({})).rejects.toThrow('printed more than a credential can be');
});

test('what a plugin printed is not quoted', async () => {
  await using folder = await makeTempFolder();
  await folder.writeProgram('plugin', `console.log('s3cret')`);
  const error = await credentials(folder)
    .get({})
    .catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'CREDENTIAL_PLUGIN_FAILED' });
  expect(inspect(error)).not.toContain('s3cret');
});

test('a plugin that needs a terminal is not run without one', async () => {
  await using folder = await makeTempFolder();
  await countingPlugin(folder);
  const source = credentials(folder, { plugin: { interactiveMode: 'Always' } });
  await expect(source.get({})).rejects.toMatchObject({
    code: 'CREDENTIALS_INVALID',
    message: textWith('needs a terminal'),
  });
});

test('one caller who gives up does not end the run of the others', async () => {
  await using folder = await makeTempFolder();
  await countingPlugin(folder);
  const source = credentials(folder);
  const controller = new AbortController();
  const one = source.get({ signal: controller.signal });
  const other = source.get({});
  controller.abort(new Error('not me'));
  await expect(one).rejects.toThrow('not me');
  expect(tokenOf(await other)).toBe('Bearer token-1');
});

test('closing ends the run', async () => {
  await using folder = await makeTempFolder();
  await folder.writeProgram('plugin', 'setInterval(() => {}, 1000)');
  const source = credentials(folder);
  const waiting = source.get({});
  waiting.catch(() => undefined);
  source.close();
  await expect(waiting).rejects.toThrow('closed');
});
