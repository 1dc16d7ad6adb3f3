import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { container, deployment, service } from './helpers/objects.ts';
import type { RunningProgram } from './helpers/programs.ts';
import { useNamespace } from './helpers/use-cluster.ts';

const ports = [
  { name: 'http', containerPort: 8080 },
  { name: 'echo', containerPort: 7001 },
];
const shop = useNamespace(async (namespace) => {
  await namespace.create(
    deployment('web', { containers: [container({ ports })] }),
    service('web', { ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
    deployment('none', { replicas: 0 }),
  );
  await namespace.rolledOut('web');
});

const CARRIERS = [
  ['a WebSocket tunnel', 'true'],
  ['raw SPDY', 'false'],
] as const;

/** The local port of a forward that has begun to listen. */
async function localPort(forward: RunningProgram): Promise<number> {
  const line = (await forward.nextLine()) ?? (await forward.ended).stderr;
  const port = /^Forwarding from 127\.0\.0\.1:(\d+) -> \d+$/.exec(line)?.[1];
  if (port === undefined) throw new Error(`kubectl does not forward: ${line}`);
  return Number(port);
}

/** Asks for a path over HTTP/1.0 and returns the whole answer. */
async function ask(port: number, path: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.write(`GET ${path} HTTP/1.0\r\nHost: web\r\n\r\n`);
  return text(socket);
}

test.each(CARRIERS)('port-forward to a deployment over %s', async (_name, websockets) => {
  await using forward = shop().start('port-forward deployment/web :8080', {
    KUBECTL_PORT_FORWARD_WEBSOCKETS: websockets,
  });
  const answer = await ask(await localPort(forward), '/');
  expect([answer.split(' ')[1], answer.split('\r\n\r\n')[1]]).toEqual([
    '200',
    expect.stringMatching(/^hello from \S+\n$/),
  ]);
});

test.each(CARRIERS)('port-forward to a pod by the name of a port over %s', async (_name, websockets) => {
  const pod = await shop().field('pods -l app=web', '.items[0].metadata.name');
  await using forward = shop().start(`port-forward pod/${pod} :echo`, { KUBECTL_PORT_FORWARD_WEBSOCKETS: websockets });
  const socket = connect({ host: '127.0.0.1', port: await localPort(forward) });
  socket.write('hello\n');
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(chunk.toString()).toBe('hello\n');
});

test('port-forward to a service maps its port to the target port', async () => {
  await using forward = shop().start('port-forward service/web :80');
  expect(await ask(await localPort(forward), '/')).toContain('hello from ');
});

test('port-forward to a port on which nobody listens fails', async () => {
  await using forward = shop().start('port-forward deployment/web :9');
  const socket = connect({ host: '127.0.0.1', port: await localPort(forward) });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  const { code, stderr } = await forward.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /failed to connect to localhost:9 inside namespace "?\S+"?, IPv4: dial tcp4 127\.0\.0\.1:9: connect: connection refused/,
  );
});

test('port-forward to something unknown fails', async () => {
  expect(await shop().kubectl('port-forward pod/nope :80')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): pods "nope" not found
    exit code 1
  `);
  expect(await shop().kubectl('port-forward service/nope :80')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): services "nope" not found
    exit code 1
  `);
});

test('port-forward to a port that the service does not have fails', async () => {
  expect(await shop().kubectl('port-forward service/web :81')).toMatchInlineSnapshot(`
    ! error: Service web does not have a service port 81
    exit code 1
  `);
});

test('port-forward to a deployment without pods fails', async () => {
  expect(await shop().kubectl('port-forward deployment/none :80 --pod-running-timeout=1s')).toMatchInlineSnapshot(`
    ! error: timed out waiting for the condition
    exit code 1
  `);
});
