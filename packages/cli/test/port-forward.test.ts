import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { echo, SimulatedCluster } from '@kforge/testing';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** A `kforge port-forward pod/web-0` that runs, with its cluster. */
async function startForward(...args: string[]) {
  const cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web-0', serve: { 7001: echo() } });
  const command = [
    'port-forward',
    'pod/web-0',
    ...args,
    '--address',
    '127.0.0.1',
    '--kubeconfig',
    cluster.kubeconfigPath,
  ];
  const child = spawn(process.execPath, [main, ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const stderr = text(child.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    nextLine: async () => (await lines.next()).value as string,
    result: async () => ({ exitCode: (await ended)[0], stderr: await stderr }),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
      await cluster.stop();
    },
  };
}

test('--local auto takes the next free port when the wanted one is taken', async () => {
  await using other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await using forward = await startForward(`${port}:7001`, '--local', 'auto');
  const line = await forward.nextLine();
  expect(line).toMatch(/^Forwarding from 127\.0\.0\.1:\d+ -> 7001$/);
  expect(line).not.toContain(`:${port} `);
});

test('a reader that leaves does not make it crash', async () => {
  await using forward = await startForward(':7001', '--json');
  const { localPort } = JSON.parse(await forward.nextLine()) as { localPort: number };
  await forward.nextLine();
  forward.child.stdout.destroy();
  const socket = connect(localPort, '127.0.0.1');
  socket.on('error', () => undefined);
  expect(await forward.result()).toEqual({ exitCode: 0, stderr: '' });
  socket.destroy();
});

test('Ctrl-C says nothing of the connections that it ends', async () => {
  await using forward = await startForward(':7001');
  const port = Number(/:(\d+) ->/.exec(await forward.nextLine())?.[1]);
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  expect(await forward.nextLine()).toBe(`Handling connection for ${port}`);
  forward.child.kill('SIGINT');
  expect(await forward.result()).toEqual({ exitCode: 0, stderr: '' });
  socket.destroy();
});
