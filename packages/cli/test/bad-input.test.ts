import { once } from 'node:events';
import { createServer } from 'node:net';
import { echo, SimulatedCluster, type SimulatedClusterOptions } from '@kforge/testing';
import { expect, test } from 'vitest';
import { type KforgeResult, kforge } from './helpers/run-kforge.ts';
import { writeKubeconfig } from './helpers/temp-kubeconfig.ts';

const SECRET = 'super-secret-token';

/** Runs `kforge port-forward pod/web-0` with a kubeconfig that is right but for what the test changes. */
async function forwardWith(options: {
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly simulated?: SimulatedClusterOptions;
  readonly ports?: readonly string[];
}): Promise<KforgeResult> {
  await using simulated = await SimulatedCluster.start({ tokens: ['right'], ...options.simulated });
  simulated.addPod({ name: 'web-0', serve: { 80: echo() } });
  const authority = Buffer.from(simulated.certificateAuthority).toString('base64');
  await using kubeconfig = await writeKubeconfig({
    cluster: { server: simulated.server, 'certificate-authority-data': authority, ...options.cluster },
    user: { token: 'right', ...options.user },
  });
  return await kforge('port-forward', 'pod/web-0', ...(options.ports ?? [':80']), '--kubeconfig', kubeconfig.path);
}

/** One line, then nothing but indented lines, and neither a stack nor the secret. */
function expectReadable(result: KforgeResult): void {
  const [first, ...hints] = result.stderr.trimEnd().split('\n');
  expect(first).toMatch(/^error: \S.*\S$/);
  for (const hint of hints) expect(hint).toMatch(/^ {2,}\S/);
  expect(result.stderr).not.toMatch(/\n {4}at /);
  expect(result.stderr).not.toContain(SECRET);
  expect(result.stdout).toBe('');
}

test('an unreachable server', async () => {
  const result = await forwardWith({ cluster: { server: 'https://127.0.0.1:1' } });
  expectReadable(result);
  expect(result.code).toBe(8);
  expect(result.stderr).toContain('https://127.0.0.1:1 cannot be reached');
});

test('a certificate of an unknown authority', async () => {
  const result = await forwardWith({ cluster: { 'certificate-authority-data': undefined } });
  expectReadable(result);
  expect(result.code).toBe(8);
  expect(result.stderr).toMatch(/certificate .* was not accepted/);
});

test('an expired token', async () => {
  const result = await forwardWith({ user: { token: SECRET } });
  expectReadable(result);
  expect(result.code).toBe(4);
  expect(result.stderr).toContain('does not accept your credentials');
});

test('a credential plugin that is not installed', async () => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin', interactiveMode: 'Never' };
  const result = await forwardWith({ user: { token: undefined, exec } });
  expectReadable(result);
  expect(result.code).toBe(4);
  expect(result.stderr).toMatch(/^error: The credential plugin "no-such-plugin" was not found\n[\s\S]*Looked in: \//);
});

test('a role without the right to forward', async () => {
  const result = await forwardWith({ simulated: { authorize: ({ subresource }) => subresource !== 'portforward' } });
  expectReadable(result);
  expect(result.code).toBe(4);
  expect(result.stderr).toContain("Permission denied: You need pods/portforward permission in namespace 'default'");
  expect(result.stderr).toMatch(
    /\n {2}- apiGroups: \[""\]\n {4}resources: \["pods\/portforward"\]\n {4}verbs: \[.*"create".*\]/,
  );
});

test('a local port that another program has', async () => {
  await using other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const result = await forwardWith({ ports: [`${port}:80`] });
  expectReadable(result);
  expect(result.code).toBe(7);
  expect(result.stderr).toMatch(new RegExp(`^error: Port ${port} is already in use\\. Try port \\d+\\?`));
  if (process.platform === 'linux') expect(result.stderr).toContain(`process ${process.pid}`);
});

test('a kubeconfig that is none', async () => {
  const result = await forwardWith({ cluster: { server: 'https://no url' } });
  expectReadable(result);
  expect(result.code).toBe(3);
});
