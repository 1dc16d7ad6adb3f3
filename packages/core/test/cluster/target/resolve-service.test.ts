import { expect, test } from 'vitest';
import { type ObjectServer, startObjectServer, type TestObject } from '../../helpers/object-server.ts';
import { PODS, podObject } from '../../helpers/pod-object.ts';
import { resolve } from '../../helpers/resolve.ts';
import { textWith } from '../../helpers/text-with.ts';

const SERVICES = '/api/v1/namespaces/shop/services';
const SLICES = '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices';

function putService(server: ObjectServer, spec: object = {}): void {
  const ports = [
    { name: 'http', port: 80, targetPort: 'web' },
    { name: 'admin', port: 81, targetPort: 9000 },
    { name: 'same', port: 82 },
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 5353 },
    { name: 'sctp', port: 99, protocol: 'SCTP' },
  ];
  server.put(SERVICES, {
    metadata: { name: 'web' },
    spec: { clusterIP: '10.0.0.1', selector: { app: 'web' }, ports, ...spec },
  });
}

interface EndpointOptions {
  readonly pod?: string;
  readonly ready?: boolean | null;
  readonly kind?: string;
}

function slice(name: string, endpoints: readonly EndpointOptions[], more: object = {}): TestObject {
  return {
    metadata: { name, labels: { 'kubernetes.io/service-name': 'web' }, creationTimestamp: '2026-01-01T00:00:00Z' },
    endpoints: endpoints.map(({ pod, ready = true, kind = 'Pod' }) => ({
      addresses: ['10.1.0.1'],
      conditions: ready === null ? {} : { ready },
      ...(pod ? { targetRef: { kind, name: pod, namespace: 'shop' } } : {}),
    })),
    ...more,
  };
}

const ports = [
  { name: 'web', containerPort: 8080 },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
];

test('a service leads to a ready endpoint, and its ports to those of the pod', async () => {
  await using server = await startObjectServer();
  putService(server);
  server.put(PODS, podObject({ name: 'web-1', ports }));
  server.put(SLICES, slice('one', [{ pod: 'web-0', ready: false }, { pod: 'web-1' }]));
  expect(await resolve(server, 'svc/web', [80, 'http', 81, 82, 53])).toEqual({
    pod: { name: 'web-1', namespace: 'shop', uid: 'uid-web-1' },
    ports: [
      { requested: 80, numberOnTarget: 80, podPort: 8080 },
      { requested: 'http', numberOnTarget: 80, podPort: 8080 },
      { requested: 81, numberOnTarget: 81, podPort: 9000 },
      { requested: 82, numberOnTarget: 82, podPort: 82 },
      { requested: 53, numberOnTarget: 53, podPort: 5353 },
    ],
  });
});

test('the slice that lists a pod says which number a port has in it', async () => {
  await using server = await startObjectServer();
  putService(server);
  server.put(PODS, podObject({ name: 'web-1', ports }));
  server.put(SLICES, slice('one', [{ pod: 'web-1' }], { ports: [{ name: 'http', port: 8888, protocol: 'TCP' }] }));
  expect((await resolve(server, 'svc/web', [80])).ports[0]?.podPort).toBe(8888);
});

test('of a headless service a number is the one of the pod, and a name is followed', async () => {
  await using server = await startObjectServer();
  putService(server, { clusterIP: 'None' });
  server.put(PODS, podObject({ name: 'web-1', ports }));
  server.put(SLICES, slice('one', [{ pod: 'web-1' }]));
  const resolved = await resolve(server, 'svc/web', [80, 'http']);
  expect(resolved.ports.map(({ podPort }) => podPort)).toEqual([80, 8080]);
});

test('the newest slice counts first, then the name; pods that are gone or leaving are passed over', async () => {
  await using server = await startObjectServer();
  putService(server);
  const metadata = {
    name: 'new',
    labels: { 'kubernetes.io/service-name': 'web' },
    creationTimestamp: '2026-02-01T00:00:00Z',
  };
  server.put(SLICES, slice('old', [{ pod: 'a' }]));
  server.put(
    SLICES,
    slice('new', [{ pod: 'c' }, { pod: 'b' }, { pod: 'aa-gone' }, { pod: 'ab-leaving' }], { metadata }),
  );
  for (const name of ['a', 'b', 'c']) server.put(PODS, podObject({ name, ports }));
  server.put(PODS, podObject({ name: 'ab-leaving', ports, terminating: true }));
  expect(await resolve(server, 'svc/web')).toMatchObject({ pod: { name: 'b' } });
});

test('an endpoint without a word on readiness is ready', async () => {
  await using server = await startObjectServer();
  putService(server);
  server.put(PODS, podObject({ name: 'web-1', ports }));
  server.put(SLICES, slice('one', [{ pod: 'web-1', ready: null }]));
  expect(await resolve(server, 'svc/web')).toMatchObject({ pod: { name: 'web-1' } });
});

test('a service without a selector works when its slices lead to pods', async () => {
  await using server = await startObjectServer();
  putService(server, { selector: undefined });
  server.put(PODS, podObject({ name: 'manual', labels: {}, ports }));
  server.put(SLICES, slice('one', [{}, { pod: 'manual' }], { ports: [{ name: 'http', port: 8080 }] }));
  expect(await resolve(server, 'svc/web')).toMatchObject({ pod: { name: 'manual' }, ports: [{ podPort: 8080 }] });
});

test('a service without a selector and without pods is an error at once', async () => {
  await using server = await startObjectServer();
  putService(server, { selector: undefined });
  server.put(SLICES, slice('one', [{}, { pod: 'some-node', kind: 'Node' }]));
  await expect(resolve(server, 'svc/web', [80], { podRunningTimeoutMs: 60_000 })).rejects.toMatchObject({
    code: 'SERVICE_WITHOUT_SELECTOR',
    message: textWith('has no selector'),
  });
});

test('an ExternalName service is told as such', async () => {
  await using server = await startObjectServer();
  putService(server, { type: 'ExternalName', externalName: 'db.example.com', selector: undefined });
  await expect(resolve(server, 'svc/web')).rejects.toMatchObject({
    code: 'SERVICE_WITHOUT_SELECTOR',
    message: textWith('only another name for db.example.com'),
  });
});

test('ports that a service does not have, or not for TCP, are told', async () => {
  await using server = await startObjectServer();
  putService(server);
  const declared = ['http 80/TCP', 'admin 81/TCP', 'same 82/TCP', 'dns 53/UDP', 'dns-tcp 53/TCP', 'sctp 99/SCTP'];
  await expect(resolve(server, 'svc/web', [8080])).rejects.toMatchObject({ code: 'PORT_NOT_DECLARED', declared });
  await expect(resolve(server, 'svc/web', ['grpc'])).rejects.toMatchObject({ code: 'PORT_NOT_DECLARED', declared });
  await expect(resolve(server, 'svc/web', ['dns'])).rejects.toMatchObject({ code: 'PORT_NOT_TCP', protocol: 'UDP' });
  await expect(resolve(server, 'svc/web', [99])).rejects.toMatchObject({ code: 'PORT_NOT_TCP', protocol: 'SCTP' });
});

test('a target port that the pod does not name is told', async () => {
  await using server = await startObjectServer();
  putService(server);
  server.put(PODS, podObject({ name: 'web-1' }));
  server.put(SLICES, slice('one', [{ pod: 'web-1' }]));
  await expect(resolve(server, 'svc/web', [80])).rejects.toMatchObject({
    code: 'PORT_NOT_DECLARED',
    message: textWith('no port named "web"'),
  });
});

test('while no endpoint is ready the slices are watched', async () => {
  await using server = await startObjectServer();
  putService(server);
  server.put(PODS, podObject({ name: 'web-1', ports }));
  server.put(SLICES, slice('one', [{ pod: 'web-1', ready: false }]));
  const waiting = resolve(server, 'svc/web', [80], { podRunningTimeoutMs: 60_000 });
  await server.watched(SLICES);
  server.put(SLICES, slice('one', [{ pod: 'web-1' }]));
  expect(await waiting).toMatchObject({ pod: { name: 'web-1' } });
});

test('when the time is over, the error says which pods are not ready', async () => {
  await using server = await startObjectServer();
  putService(server);
  server.put(PODS, podObject({ name: 'web-1', phase: 'Pending', waiting: 'ImagePullBackOff' }));
  await expect(resolve(server, 'svc/web', [80], { podRunningTimeoutMs: 50 })).rejects.toMatchObject({
    code: 'NO_READY_POD',
    notReady: 1,
    hint: 'web-1: Pending, main: waiting (ImagePullBackOff)',
  });
  server.deny('list', 'pods');
  await expect(resolve(server, 'svc/web')).rejects.toMatchObject({
    code: 'NO_READY_POD',
    message: textWith('none of its endpoints is ready'),
  });
});

test('a missing service is told with names that look alike', async () => {
  await using server = await startObjectServer();
  putService(server);
  await expect(resolve(server, 'svc/webb')).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND', similar: ['web'] });
});

test('a role that may not read services is told so', async () => {
  await using server = await startObjectServer();
  server.deny('get', 'services');
  await expect(resolve(server, 'svc/web')).rejects.toMatchObject({
    code: 'FORBIDDEN',
    verb: 'get',
    resource: 'services',
  });
});

test('where slices may not be read, the selector of the service stands in', async () => {
  await using server = await startObjectServer();
  putService(server);
  server.deny('list', 'endpointslices');
  server.put(PODS, podObject({ name: 'web-1', ports }));
  expect(await resolve(server, 'svc/web', [80])).toMatchObject({ pod: { name: 'web-1' }, ports: [{ podPort: 8080 }] });
  server.deny('list', 'pods');
  await expect(resolve(server, 'svc/web')).rejects.toMatchObject({
    code: 'FORBIDDEN',
    verb: 'list',
    resource: 'endpointslices',
  });
});

test('where slices may not be read and there is no selector, that is the error', async () => {
  await using server = await startObjectServer();
  putService(server, { selector: undefined });
  server.deny('list', 'endpointslices');
  await expect(resolve(server, 'svc/web')).rejects.toMatchObject({ code: 'FORBIDDEN', resource: 'endpointslices' });
});
