import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { source } from '@kforge/testing';
import { expect, test } from 'vitest';
import { connectLocal, echoThrough } from '../helpers/local-client.ts';
import { startManager } from '../helpers/start-manager.ts';

const run = promisify(execFile);
const managerSource = fileURLToPath(new URL('../../src/manager/port-forward-manager.ts', import.meta.url));

/** Forwards with a connection that was served, one whose reader stalls, and one that waits for its end; then disposes, and that is all. */
const PROGRAM = `
  import { once } from 'node:events';
  import { connect } from 'node:net';
  import { pathToFileURL } from 'node:url';
  const [managerSource, kubeConfig] = process.argv.slice(-2);
  const { PortForwardManager } = await import(pathToFileURL(managerSource).href);
  const manager = new PortForwardManager({ kubeConfig });
  const forward = await manager.startForward({ podName: 'web-0', ports: [':7001', ':7002'] });
  const [echo, source] = forward.ports.map(({ localPort }) => connect({ port: localPort, host: '127.0.0.1', allowHalfOpen: true }));
  for (const socket of [echo, source]) socket.on('error', () => socket.destroy());
  echo.write('hello');
  await once(echo, 'data');
  echo.end();
  source.write('20000000\\n');
  await once(source, 'readable');
  await manager.dispose();
  echo.destroy();
  source.destroy();
  process.stdout.write('disposed');
`;

test('a program whose manager was disposed ends by itself', { timeout: 30_000 }, async () => {
  await using fixture = await startManager({ serve: { 7002: source() } });
  const { stdout } = await run(
    process.execPath,
    [
      '--conditions=@kforge/source',
      '--input-type=module',
      '--eval',
      PROGRAM,
      managerSource,
      fixture.cluster.kubeconfigPath,
    ],
    { timeout: 20_000 },
  );
  expect(stdout).toBe('disposed');
});

/** How many handles of each kind keep this process alive, without those that come and go with the test runner. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = { TCPSocketWrap: 0, TCPServerWrap: 0, TLSWrap: 0, Timeout: 0 };
  for (const kind of process.getActiveResourcesInfo()) if (kind in counts) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

test('two hundred starts and stops leave no socket and no timer', { timeout: 60_000 }, async () => {
  await using fixture = await startManager();
  const config = { podName: 'web-0', localPort: 0, remotePort: 7001 } as const;
  const cycle = async (withTraffic: boolean): Promise<void> => {
    const forward = await fixture.manager.startForward(config);
    if (withTraffic) expect(await echoThrough(forward.localPort, 'hello')).toBe('hello');
    await forward.stop();
  };
  await cycle(true);
  await expect.poll(() => fixture.cluster.tunnels.length).toBe(0);
  const before = handles();
  for (let round = 0; round < 200; round++) await cycle(round % 4 === 0);
  expect(fixture.manager.getAllForwards()).toEqual([]);
  await expect.poll(() => fixture.cluster.tunnels.length).toBe(0);
  await expect.poll(handles).toEqual(before);
});

test('a stop resets a local program that does not read', async () => {
  await using fixture = await startManager({ serve: { 7002: source() } });
  const forward = await fixture.manager.startForward({ podName: 'web-0', localPort: 0, remotePort: 7002 });
  const socket = await connectLocal(forward.localPort);
  socket.write('50000000\n');
  await once(socket, 'readable');
  const failed = once(socket, 'error');
  await forward.stop();
  expect(forward.traffic.openConnections).toBe(0);
  socket.resume();
  expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
});
