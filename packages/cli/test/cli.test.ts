import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { echo, SimulatedCluster } from '@kforge/testing';
import { expect, test } from 'vitest';
import { kforge } from './helpers/run-kforge.ts';

test('--help names the commands, examples and exit codes', async () => {
  const { code, stdout } = await kforge('--help');
  expect(code).toBe(0);
  for (const part of ['port-forward', 'Examples:', 'Exit codes:']) expect(stdout).toContain(part);
});

test('an unknown command is one line on stderr and exit code 2', async () => {
  const { code, stderr } = await kforge('frobnicate');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: unknown command 'frobnicate'/);
});

test.each([
  [['pod/nope', '80'], 5, /^error: There is no pod "nope" in namespace "default"\n/],
  [['pod/wbe-0', '80'], 5, /Did you mean web-0\?/],
  [
    ['pod/waiting', '80', '--pod-running-timeout', '0s'],
    6,
    /^error: The pod "waiting".* is not running \(Pending\)\n {2}main: waiting \(ImagePullBackOff\)/,
  ],
  [['svc/web', '81'], 5, /^error: The service "web" has no port 81\n {2}Declared ports: http 80\/TCP/],
  [['svc/empty', '80', '--pod-running-timeout', '0s'], 6, /^error: /],
  [
    ['pod/web-0', '80', '--context', 'other'],
    3,
    /^error: There is no context "other"\n {2}Contexts that exist: simulated/,
  ],
  [['pod/web-0', '80', '--kubeconfig', '/nonexistent/config'], 3, /^error: /],
  [['pod/web-0', '80:80:80'], 2, /^error: "80:80:80" is no port mapping/],
  [['pod/web-0', '80', '--address', 'example.org'], 2, /^error: "example.org" is not an IP address/],
] as const)('port-forward %j fails with exit code %i, a sentence and no stack', async (args, exitCode, sentence) => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({
    name: 'web-0',
    labels: { app: 'web' },
    ports: [{ name: 'http', containerPort: 80 }],
    serve: { 80: echo() },
  });
  cluster.addPod({
    name: 'waiting',
    phase: 'Pending',
    ready: false,
    containerStates: { main: { state: { waiting: { reason: 'ImagePullBackOff' } } } },
  });
  cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] });
  cluster.addService({ name: 'empty', selector: { app: 'none' }, ports: [{ port: 80 }] });
  const kubeconfig = (args as readonly string[]).includes('--kubeconfig')
    ? []
    : ['--kubeconfig', cluster.kubeconfigPath];
  const { code, stdout, stderr } = await kforge('port-forward', ...args, ...kubeconfig);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toContain(' at ');
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
});

test('a Node that is too old gets one clear sentence', async () => {
  const old = "Object.defineProperty(process.versions, 'node', { value: '18.20.0' });";
  const main = new URL('../dist/main.js', import.meta.url).href;
  const run = promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `${old} await import('${main}')`,
  ]);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'kforge needs Node 22.19 or newer; this is Node 18.20.0.\n',
  });
});
