import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** The built command, as users run it. */
const COMMAND = fileURLToPath(new URL('../../dist/command.js', import.meta.url));
const PRINT_KUBECONFIG = ['node', '-e', 'process.stdout.write(process.env.KUBECONFIG)'];

function start(...args: readonly string[]) {
  return spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(...args: readonly string[]) {
  const child = start(...args);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exitCode(child)]);
  return { stdout, stderr, code };
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

test.each([
  ['SIGINT', 0],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'it prints where the kubeconfig is, and %s ends it with %i and leaves nothing',
  async (signal, expected) => {
    const child = start('--context', 'sandbox');
    const hints = text(child.stderr);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const path = /^export KUBECONFIG=(\S+)$/.exec(line)?.[1] ?? '';
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ 'current-context': 'sandbox' });
    child.kill(signal);
    expect(await exitCode(child)).toBe(expected);
    expect(await hints).toContain('kubectl get all');
    expect(existsSync(path)).toBe(false);
  },
);

test('a program runs with KUBECONFIG set, and its exit code is that of the command', async () => {
  const { stdout, stderr, code } = await run('--', ...PRINT_KUBECONFIG);
  expect([stderr, code]).toEqual(['', 0]);
  expect(stdout).toMatch(/kubeconfig$/);
  expect(existsSync(stdout)).toBe(false);
  expect((await run('--', 'node', '-e', 'process.exit(7)')).code).toBe(7);
});

test('a program that is killed, or that is not there, has the exit code of a shell', async () => {
  expect((await run('--', 'node', '-e', 'process.kill(process.pid, "SIGKILL")')).code).toBe(137);
  const missing = await run('--', '/nowhere/kubectl');
  expect([missing.code, missing.stderr]).toEqual([127, expect.stringContaining('/nowhere/kubectl cannot be started')]);
});

test('the example is there, unless it is not wanted', async () => {
  const list = `const { ca, cert, key } = ((c) => ({ ca: c.clusters[0].cluster['certificate-authority-data'], cert: c.users[0].user['client-certificate-data'], key: c.users[0].user['client-key-data'] }))(JSON.parse(require('fs').readFileSync(process.env.KUBECONFIG)));
    const server = JSON.parse(require('fs').readFileSync(process.env.KUBECONFIG)).clusters[0].cluster.server;
    const decode = (text) => Buffer.from(text, 'base64');
    require('https').get(server + '/api/v1/pods', { ca: decode(ca), cert: decode(cert), key: decode(key), agent: false }, async (response) => {
      let text = ''; for await (const chunk of response) text += chunk;
      console.log(JSON.parse(text).items.length);
    });`;
  expect((await run('--', 'node', '-e', list)).stdout).toBe('3\n');
  expect((await run('--empty', '--', 'node', '-e', list)).stdout).toBe('0\n');
});

test('wrong arguments are an error of usage; help and version go to standard output', async () => {
  const wrong = await run('--nope');
  expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([2, '', expect.stringContaining('Try --help.')]);
  expect((await run('--help')).stdout).toContain('Usage: simulated-cluster');
  expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
