import { expect, test } from 'vitest';
import { startObjectServer } from '../helpers/object-server.ts';
import { PODS, podObject } from '../helpers/pod-object.ts';
import { resolve } from '../helpers/resolve.ts';

const ports = [
  { name: 'http', containerPort: 8080 },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
  { name: 'both', containerPort: 54, protocol: 'UDP' },
  { name: 'both-tcp', containerPort: 54 },
];

test('all that is wrong with the options is told at once', async () => {
  await using server = await startObjectServer();
  const bad = { namespace: 'No', target: { kind: 'selector', selector: ' ' }, containerName: '' } as const;
  await expect(resolve(server, 'web', [0, '80', 70_000], bad)).rejects.toMatchObject({
    code: 'OPTIONS_INVALID',
    problems: ['namespace', 'target.selector', 'ports[0]', 'ports[1]', 'ports[2]', 'containerName'].map(
      (path) => expect.objectContaining({ path }) as unknown,
    ),
  });
  expect(server.server.requests).toHaveLength(0);
});

test('a name that would lead to another path is refused', async () => {
  await using server = await startObjectServer();
  const target = { kind: 'pod', name: '../secrets/x' } as const;
  await expect(resolve(server, 'web', [80], { target })).rejects.toMatchObject({ code: 'OPTIONS_INVALID' });
});

test('a number need not be declared, a name must be', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'web', ports }));
  expect((await resolve(server, 'web', [9999, 'http'])).ports.map(({ podPort }) => podPort)).toEqual([9999, 8080]);
  await expect(resolve(server, 'web', ['grpc'])).rejects.toMatchObject({
    code: 'PORT_NOT_DECLARED',
    declared: ['http 8080/TCP', 'dns 53/UDP', 'both 54/UDP', 'both-tcp 54/TCP'],
  });
});

test('a port that is declared for UDP only cannot be forwarded', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'web', ports }));
  await expect(resolve(server, 'web', [53])).rejects.toMatchObject({ code: 'PORT_NOT_TCP', protocol: 'UDP' });
  await expect(resolve(server, 'web', ['dns'])).rejects.toMatchObject({ code: 'PORT_NOT_TCP', protocol: 'UDP' });
  expect((await resolve(server, 'web', [54])).ports[0]?.podPort).toBe(54);
});

test('a container that is named must exist and declare the port', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'web', ports }));
  expect(await resolve(server, 'web', [8080, 'http'], { containerName: 'main' })).toMatchObject({
    pod: { name: 'web' },
  });
  await expect(resolve(server, 'web', [8080], { containerName: 'other' })).rejects.toMatchObject({
    code: 'CONTAINER_NOT_FOUND',
    containers: ['main'],
  });
  await expect(resolve(server, 'web', [9999], { containerName: 'main' })).rejects.toMatchObject({
    code: 'PORT_NOT_DECLARED',
  });
});

test('a sidecar counts as a container, an init container that ends does not', async () => {
  await using server = await startObjectServer();
  const pod = podObject({ name: 'web', ports });
  const sidecar = { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'admin', containerPort: 15_000 }] };
  const setup = { name: 'setup', ports: [{ name: 'never', containerPort: 1 }] };
  server.put(PODS, { ...pod, spec: { containers: [], initContainers: [sidecar, setup] } });
  expect((await resolve(server, 'web', ['admin'], { containerName: 'proxy' })).ports[0]?.podPort).toBe(15_000);
  await expect(resolve(server, 'web', ['never'])).rejects.toMatchObject({ code: 'PORT_NOT_DECLARED' });
});

test('a hostile answer with fields of other types does no harm', async () => {
  await using server = await startObjectServer();
  server.put(PODS, {
    metadata: { name: 'web', uid: 7, labels: 'x' as never, ownerReferences: 'x' },
    spec: { containers: { a: 1 }, initContainers: [null] },
    status: { phase: 'Running', conditions: 'x', containerStatuses: [7, { state: [] }] },
  });
  expect(await resolve(server, 'web', [80])).toMatchObject({ pod: { name: 'web' }, ports: [{ podPort: 80 }] });
});
