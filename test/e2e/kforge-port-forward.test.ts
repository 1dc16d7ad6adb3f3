import { afterAll, beforeAll, expect, test } from 'vitest';
import { KforgeCommand } from './helpers/kforge-command.ts';
import { connectTo, endOf, readBytes } from './helpers/talk.ts';
import { context, images, TestNamespace } from './helpers/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create();
  await namespace.addDeployment({
    name: 'web',
    image: images.nginx,
    replicas: 2,
    ports: [{ name: 'http', containerPort: 80 }],
  });
  await namespace.addService({
    name: 'web',
    selector: { app: 'web' },
    port: 8000,
    targetPort: 'http',
    portName: 'www',
  });
  await namespace.addPod({ name: 'redis', image: images.redis, labels: { role: 'cache' } });
});

afterAll(async () => {
  await namespace?.[Symbol.asyncDispose]();
});

function kforge(...args: string[]): KforgeCommand {
  return new KforgeCommand(['port-forward', ...args, '-n', namespace.name, ...(context ? ['--context', context] : [])]);
}

/** Waits for the line that kubectl prints too, and gives its local port. */
async function forwardedPort(command: KforgeCommand): Promise<number> {
  const line = await command.nextLine();
  expect(line).toMatch(/^Forwarding from 127\.0\.0\.1:\d+ -> \d+$/);
  return Number(/:(\d+) ->/.exec(line)?.[1]);
}

test('serves a service by its own port, mapped to the named target port', async () => {
  await using command = kforge('svc/web', ':8000');
  const port = await forwardedPort(command);
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('nginx');
});

test('serves a service by the name of its port', async () => {
  await using command = kforge('svc/web', ':www');
  const answer = await fetch(`http://127.0.0.1:${await forwardedPort(command)}/`);
  expect(answer.status).toBe(200);
});

test.each(['deploy/web', 'deployment.apps/web'])('serves %s', async (target) => {
  await using command = kforge(target, ':http');
  const answer = await fetch(`http://127.0.0.1:${await forwardedPort(command)}/`);
  expect(answer.status).toBe(200);
});

test.each([[['pod/redis', ':6379']], [['-l', 'role=cache', ':6379']]])(
  'redis answers PING through %j',
  async (args) => {
    await using command = kforge(...args);
    const socket = await connectTo(await forwardedPort(command));
    socket.write('PING\r\n');
    expect((await readBytes(socket, 7)).toString()).toBe('+PONG\r\n');
    socket.destroy();
  },
);

test.each([
  ['SIGINT', 0],
  ['SIGTERM', 143],
] as const)('ends cleanly on %s with exit code %i, and resets what is open', async (signal, exitCode) => {
  await using command = kforge('pod/redis', ':6379');
  const socket = await connectTo(await forwardedPort(command));
  socket.write('PING\r\n');
  await readBytes(socket, 7);
  command.kill(signal);
  expect(await endOf(socket)).toBe('reset');
  expect((await command.result()).exitCode).toBe(exitCode);
});

test('prints one JSON object a line with --json', async () => {
  await using command = kforge('pod/redis', ':6379', '--json', '--address', '127.0.0.1');
  const listening = JSON.parse(await command.nextLine()) as { localPort: number };
  expect(listening).toMatchObject({ event: 'listening', address: '127.0.0.1', remotePort: 6379 });
  expect(JSON.parse(await command.nextLine())).toMatchObject({
    event: 'connected',
    pod: 'redis',
    namespace: namespace.name,
  });
  const socket = await connectTo(listening.localPort);
  expect(JSON.parse(await command.nextLine())).toMatchObject({ event: 'connection', state: 'opened' });
  socket.resetAndDestroy();
  expect(JSON.parse(await command.nextLine())).toMatchObject({ event: 'connection', state: 'closed' });
  command.kill('SIGINT');
  expect(JSON.parse(await command.nextLine())).toMatchObject({ event: 'stopped' });
});

test('goes on after the pod behind a service was replaced', async () => {
  await using command = kforge('deploy/web', ':80', '--json', '--address', '127.0.0.1');
  const { localPort } = JSON.parse(await command.nextLine()) as { localPort: number };
  const { pod } = JSON.parse(await command.nextLine()) as { pod: string };
  await namespace.deletePod(pod);
  await expect.poll(async () => answersOn(localPort), { timeout: 30_000 }).toBe(true);
});

test('ends with a reason when the named pod was deleted for good', async () => {
  await namespace.addPod({ name: 'gone', image: images.redis });
  await using command = kforge('pod/gone', ':6379');
  const port = await forwardedPort(command);
  await namespace.deletePod('gone');
  await expect.poll(async () => poke(port), { timeout: 30_000 }).toBe(false);
  const { exitCode, stderr } = await command.result();
  expect(exitCode).toBe(1);
  expect(stderr).toContain('There is no pod "gone"');
});

test('names the process that has a taken port, and a free one', async () => {
  await using first = kforge('pod/redis', ':6379', '--address', '127.0.0.1');
  const port = await forwardedPort(first);
  await using second = kforge('pod/redis', `${port}:6379`, '--address', '127.0.0.1');
  const { exitCode, stderr } = await second.result();
  expect(exitCode).toBe(7);
  expect(stderr).toMatch(new RegExp(`^error: Port ${port} is already in use\\. Try port \\d+\\?\n`));
});

async function answersOn(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`)).ok;
  } catch {
    return false; // reset: the pod has gone and the next is not there yet
  }
}

/** Whether the port still takes connections; each one also shows the forward that its pod is gone. */
async function poke(port: number): Promise<boolean> {
  try {
    const socket = await connectTo(port);
    socket.write('PING\r\n');
    await endOf(socket);
    return true;
  } catch {
    return false;
  }
}
