import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { access, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { Tokens } from '../../src/access/tokens.ts';
import { createCertificateAuthority } from '../../src/certificates/certificate-authority.ts';
import { Kubeconfigs } from '../../src/certificates/kubeconfigs.ts';
import { FakeClock } from '../../src/clock/fake-clock.ts';

interface Config {
  readonly users: readonly [
    {
      readonly user: {
        readonly token?: string;
        readonly 'client-certificate-data'?: string;
        readonly exec: { readonly command: string; readonly args: readonly string[] };
      };
    },
  ];
}

async function start() {
  const clock = new FakeClock({ now: Date.UTC(2030, 0, 1) });
  const tokens = new Tokens({ clock });
  const authority = createCertificateAuthority();
  const server = 'https://127.0.0.1:1';
  const kubeconfigs = await Kubeconfigs.open({
    server,
    authority,
    tokens,
    clock,
    contextName: 'blue',
    namespace: 'shop',
  });
  return { clock, tokens, kubeconfigs, [Symbol.asyncDispose]: () => kubeconfigs[Symbol.asyncDispose]() };
}

function userIn(text: string): Config['users'][0]['user'] {
  return (parse(text) as Config).users[0].user;
}

/** Runs the exec plugin as a client does. */
async function runPlugin(text: string) {
  const { command, args } = userIn(text).exec;
  const { stdout } = await promisify(execFile)(command, args);
  return JSON.parse(stdout) as { status: { token: string; expirationTimestamp?: string } };
}

test('a kubeconfig with a certificate names user, groups, cluster and context', async () => {
  await using fixture = await start();
  const { text } = fixture.kubeconfigs.issue({ user: 'jane', groups: ['devs'] });
  expect(parse(text)).toMatchObject({
    'current-context': 'blue',
    clusters: [{ name: 'blue', cluster: { server: 'https://127.0.0.1:1' } }],
    contexts: [{ name: 'blue', context: { cluster: 'blue', user: 'blue', namespace: 'shop' } }],
  });
  const certificate = Buffer.from(userIn(text)['client-certificate-data'] ?? '', 'base64');
  expect(new X509Certificate(certificate).toLegacyObject().subject).toEqual({ CN: 'jane', O: 'devs' });
});

test('context and namespace can be chosen, whatever characters they have', async () => {
  await using fixture = await start();
  const contextName = 'it\'s: "a" #\ncontext';
  const { text } = fixture.kubeconfigs.issue({ user: 'jane', contextName, namespace: 'other' });
  expect(parse(text)).toMatchObject({
    'current-context': contextName,
    contexts: [{ context: { namespace: 'other' } }],
  });
});

test('a kubeconfig with a token counts as long as the token', async () => {
  await using fixture = await start();
  const { text } = fixture.kubeconfigs.issue({
    user: 'jane',
    groups: ['devs'],
    credentials: 'token',
    tokenLifetimeMs: 10,
  });
  const { token = '' } = userIn(text);
  expect(fixture.tokens.find(token)).toMatchObject({ name: 'jane', groups: ['devs', 'system:authenticated'] });
  fixture.clock.advance(10);
  expect(fixture.tokens.find(token)).toBeUndefined();
});

test('an exec plugin prints a token that counts for half of its lifetime at least', async () => {
  await using fixture = await start();
  const { text } = fixture.kubeconfigs.issue({ user: 'jane', credentials: 'exec', tokenLifetimeMs: 60_000 });
  const first = await runPlugin(text);
  expect(first).toEqual({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: first.status.token, expirationTimestamp: '2030-01-01T00:01:00.000Z' },
  });
  fixture.clock.advance(29_999);
  expect(await runPlugin(text)).toEqual(first);
  fixture.clock.advance(1);
  const second = await runPlugin(text);
  expect(second.status.expirationTimestamp).toBe('2030-01-01T00:01:30.000Z');
  expect([first, second].map(({ status }) => fixture.tokens.find(status.token)?.name)).toEqual(['jane', 'jane']);
});

test('an exec plugin prints another token once the last one is revoked', async () => {
  await using fixture = await start();
  const { text } = fixture.kubeconfigs.issue({ user: 'jane', credentials: 'exec' });
  const revoked: string[] = [];
  for (const revoke of [() => fixture.tokens.revokeAll(), () => fixture.tokens.revoke(revoked.at(-1) ?? '')]) {
    revoked.push((await runPlugin(text)).status.token);
    revoke();
  }
  const { status } = await runPlugin(text);
  expect(fixture.tokens.find(status.token)?.name).toBe('jane');
  expect(revoked.map((token) => fixture.tokens.find(token))).toEqual([undefined, undefined]);
  expect(status).not.toHaveProperty('expirationTimestamp');
});

test('no token is in the kubeconfig of an exec plugin, and only this user can read the files', async () => {
  await using fixture = await start();
  const config = fixture.kubeconfigs.issue({ user: 'jane', credentials: 'exec' });
  expect(config.text).not.toContain((await runPlugin(config.text)).status.token);
  const folder = path.dirname(config.path);
  const files = await readdir(folder);
  const modes = await Promise.all(files.map(async (file) => (await stat(path.join(folder, file))).mode & 0o777));
  expect(files).toEqual(['kubeconfig', 'kubeconfig-credential.json', 'print-credential.cjs']);
  expect(modes).toEqual([0o600, 0o600, 0o600]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('every kubeconfig has a file of its own', async () => {
  await using fixture = await start();
  const paths = ['jane', 'joe', '../../etc'].map((user) => path.basename(fixture.kubeconfigs.issue({ user }).path));
  expect(paths).toEqual(['kubeconfig', 'kubeconfig-2', 'kubeconfig-3']);
});

test('disposing removes the files, ends the renewals and lets nothing new begin', async () => {
  const { clock, tokens, kubeconfigs } = await start();
  const config = kubeconfigs.issue({ user: 'jane', credentials: 'exec', tokenLifetimeMs: 1000 });
  expect(clock.waiting).toBe(1);
  await kubeconfigs[Symbol.asyncDispose]();
  await kubeconfigs[Symbol.asyncDispose]();
  expect(clock.waiting).toBe(0);
  clock.advance(10_000);
  tokens.revokeAll();
  await expect(access(path.dirname(config.path))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(() => kubeconfigs.issue({ user: 'joe' })).toThrow('The cluster has stopped');
});

test('a lifetime that makes no sense is refused', async () => {
  await using fixture = await start();
  const { kubeconfigs } = fixture;
  expect(() => kubeconfigs.issue({ user: 'jane', tokenLifetimeMs: 1000 })).toThrow(TypeError);
  expect(() => kubeconfigs.issue({ user: 'jane', credentials: 'token', tokenLifetimeMs: 0 })).toThrow(RangeError);
  expect(() => kubeconfigs.issue({ user: 'jane', credentials: 'exec', tokenLifetimeMs: 999 })).toThrow(RangeError);
});
