import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { echo, SimulatedCluster, type SimulatedClusterOptions } from '../../src/index.ts';
import type { ApiBody } from '../helpers/api-client.ts';
import { findKubectl, Kubectl, type RunningKubectl } from '../helpers/kubectl.ts';

// A kubectl with a cold cache on a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

beforeEach(({ skip }) => skip(findKubectl() === undefined, 'there is no kubectl on PATH'));

const CARRIERS = [
  ['a WebSocket tunnel', 'true', 'websocket-tunnel'],
  ['raw SPDY', 'false', 'spdy'],
] as const;

interface Fixture extends AsyncDisposable {
  readonly cluster: SimulatedCluster;
  readonly kubectl: Kubectl;
}

/** A shop: a deployment of one pod that echoes on port 80, and a service before it. */
async function startShop(options: SimulatedClusterOptions = {}): Promise<Fixture> {
  const cluster = await SimulatedCluster.start(options);
  const labels = { app: 'web' };
  const ports = [{ name: 'http', containerPort: 80 }];
  cluster.addPod({ name: 'web-0', labels, ports, serve: { 80: echo() } });
  cluster.addService({ name: 'web', selector: labels, ports: [{ port: 8080, targetPort: 'http' }] });
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'web:1', ports }] } };
  // Its pod is the one above, so that the test can move it.
  const spec = { replicas: 0, selector: { matchLabels: labels }, template };
  cluster.add({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec });
  const kubectl = await Kubectl.for(cluster);
  return {
    cluster,
    kubectl,
    [Symbol.asyncDispose]: async () => {
      await cluster.stop();
      await kubectl[Symbol.asyncDispose]();
    },
  };
}

/** The words of each line. */
function cells(output: string): string[][] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/));
}

/** The local port of a forward that has begun to listen. */
async function localPort(forward: RunningKubectl): Promise<number> {
  const line = await forward.nextLine();
  const port = /^Forwarding from 127\.0\.0\.1:(\d+) ->/.exec(line ?? '')?.[1];
  if (port === undefined) throw new Error(`kubectl does not forward: ${line ?? (await forward.stderr)}`);
  return Number(port);
}

/** Sends some text and the end, and returns what comes back until the other end. */
async function exchange(port: number, sent: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.end(sent);
  return text(socket);
}

test('get pods prints the columns of a real cluster', async () => {
  await using shop = await startShop();
  const { stdout, stderr } = await shop.kubectl.run('get', 'pods');
  const [head, row] = cells(stdout);
  expect([stderr, head]).toEqual(['', ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']]);
  expect(row?.slice(0, 4)).toEqual(['web-0', '1/1', 'Running', '0']);
});

test('get pods -o wide adds address and node', async () => {
  await using shop = await startShop();
  const [head, row] = cells((await shop.kubectl.run('get', 'pods', '-o', 'wide')).stdout);
  expect(head?.slice(5)).toEqual(['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES']);
  expect(row?.slice(5)).toEqual(['10.244.0.1', 'simulated-node', '<none>', '<none>']);
});

test('get pods -o json, yaml and name print the object', async () => {
  await using shop = await startShop();
  const json = JSON.parse((await shop.kubectl.run('get', 'pods', '-o', 'json')).stdout) as ApiBody;
  expect(json.items).toMatchObject([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-0' } }]);
  const yaml = parse((await shop.kubectl.run('get', 'pod', 'web-0', '-o', 'yaml')).stdout) as unknown;
  expect(yaml).toMatchObject({ kind: 'Pod', status: { phase: 'Running' } });
  expect((await shop.kubectl.run('get', 'pods', '-o', 'name')).stdout).toBe('pod/web-0\n');
});

test('get pods -w follows a pod to its end', async () => {
  await using shop = await startShop();
  await using pods = shop.kubectl.start(['get', 'pods', '-w']);
  const status = async () => cells((await pods.nextLine()) ?? '')[0]?.slice(0, 3);
  expect(await status()).toEqual(['NAME', 'READY', 'STATUS']);
  expect(await status()).toEqual(['web-0', '1/1', 'Running']);
  shop.cluster.setPodReady({ name: 'web-0', ready: false });
  expect(await status()).toEqual(['web-0', '0/1', 'Running']);
  await shop.cluster.deletePod({ name: 'web-0' });
  expect(await status()).toEqual(['web-0', '0/1', 'Terminating']);
});

test('get svc,endpointslices,deploy prints each with its columns', async () => {
  await using shop = await startShop();
  const { stdout } = await shop.kubectl.run('get', 'svc,endpointslices,deploy');
  const rows = cells(stdout).map((row) => row.slice(0, -1));
  expect(rows).toContainEqual(['service/web', 'ClusterIP', '10.96.0.1', '<none>', '8080/TCP']);
  expect(rows).toContainEqual([expect.stringMatching(/^endpointslice.*\/web-/), 'IPv4', '80', '10.244.0.1']);
  expect(rows).toContainEqual(['deployment.apps/web', '0/0', '0', '0']);
});

test('describe pod tells of the pod and its events', async () => {
  await using shop = await startShop();
  const pod = JSON.parse((await shop.kubectl.run('get', 'pod', 'web-0', '-o', 'json')).stdout) as ApiBody;
  shop.cluster.add({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'web-0.1' },
    involvedObject: { kind: 'Pod', name: 'web-0', namespace: 'default', uid: pod.metadata.uid },
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting',
  });
  const { code, stdout } = await shop.kubectl.run('describe', 'pod', 'web-0');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Name: +web-0$/m);
  expect(stdout).toMatch(/^Status: +Running$/m);
  expect(stdout).toMatch(/Warning +BackOff .*Back-off restarting/);
});

test('version and api-resources come from the server', async () => {
  await using shop = await startShop();
  expect((await shop.kubectl.run('version')).stdout).toMatch(/^Server Version: v1\.\d+/m);
  const { stdout } = await shop.kubectl.run('api-resources', '--namespaced=true', '-o', 'name');
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining(['pods', 'deployments.apps', 'endpointslices.discovery.k8s.io']),
  );
});

test('auth can-i is answered from the rule of the cluster', async () => {
  await using shop = await startShop({ authorize: ({ verb }) => verb !== 'delete' });
  expect((await shop.kubectl.run('auth', 'can-i', 'get', 'pods')).stdout).toBe('yes\n');
  expect((await shop.kubectl.run('auth', 'can-i', 'delete', 'pods')).stdout).toMatch(/^no/);
});

test('what is not there is named in the words of a real cluster', async () => {
  await using shop = await startShop();
  expect((await shop.kubectl.run('get', 'pod', 'nope')).stderr).toBe(
    'Error from server (NotFound): pods "nope" not found\n',
  );
  const stderr = (await shop.kubectl.run('get', 'pod', 'nope', '-n', 'nons')).stderr;
  expect(stderr).toBe('Error from server (NotFound): namespaces "nons" not found\n');
});

test('what is forbidden is named in the words of a real cluster', async () => {
  await using shop = await startShop({ authorize: ({ subresource }) => subresource !== 'portforward' });
  const { code, stderr } = await shop.kubectl.run('port-forward', 'pod/web-0', ':80');
  expect(code).toBe(1);
  expect(stderr).toContain('pods "web-0" is forbidden: User "simulated-admin" cannot');
});

test.each(CARRIERS)('port-forward over %s reaches pods, services and deployments', async (_, websockets, carrier) => {
  await using shop = await startShop();
  for (const [target, remote] of [
    ['pod/web-0', '80'],
    ['svc/web', '8080'],
    ['deploy/web', 'http'],
  ] as const) {
    await using forward = shop.kubectl.start(['port-forward', target, `:${remote}`], {
      KUBECTL_PORT_FORWARD_WEBSOCKETS: websockets,
    });
    const port = await localPort(forward);
    expect(await exchange(port, `hello ${target}`)).toBe(`hello ${target}`);
    expect(shop.cluster.tunnels).toMatchObject([{ carrier, podName: 'web-0' }]);
    const [{ closed }] = shop.cluster.tunnels as [(typeof shop.cluster.tunnels)[number]];
    await forward[Symbol.asyncDispose]();
    await closed;
  }
});

test.each(CARRIERS)('over %s, many connections at once keep their bytes apart', async (_, websockets) => {
  await using shop = await startShop();
  await using forward = shop.kubectl.start(['port-forward', 'pod/web-0', ':80'], {
    KUBECTL_PORT_FORWARD_WEBSOCKETS: websockets,
  });
  const port = await localPort(forward);
  const sent = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(5000));
  expect(await Promise.all(sent.map((one) => exchange(port, one)))).toEqual(sent);
});

test('port-forward falls back to SPDY where the tunnel is refused', async () => {
  await using shop = await startShop({ portForward: { tunnel: false } });
  await using forward = shop.kubectl.start(['port-forward', 'pod/web-0', ':80'], {
    KUBECTL_PORT_FORWARD_WEBSOCKETS: 'true',
  });
  expect(await exchange(await localPort(forward), 'hello')).toBe('hello');
  expect(shop.cluster.tunnels).toMatchObject([{ carrier: 'spdy' }]);
});

test.each(CARRIERS)('over %s, a connection to a deleted pod fails as with a real runtime', async (_, websockets) => {
  await using shop = await startShop();
  await using forward = shop.kubectl.start(['port-forward', 'pod/web-0', ':80'], {
    KUBECTL_PORT_FORWARD_WEBSOCKETS: websockets,
  });
  const port = await localPort(forward);
  expect(await exchange(port, 'before')).toBe('before');
  await shop.cluster.deletePod({ name: 'web-0' });
  expect(shop.cluster.tunnels).toHaveLength(1);
  const socket = connect({ host: '127.0.0.1', port });
  // kubectl may end or reset a connection that it cannot serve.
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'close');
  expect(await forward.stderr).toMatch(/failed to find sandbox .* in store: not found/);
  expect(await forward.ended).toBe(1);
});

test('a dropped tunnel ends port-forward', async () => {
  await using shop = await startShop();
  await using forward = shop.kubectl.start(['port-forward', 'pod/web-0', ':80']);
  await localPort(forward);
  shop.cluster.dropTunnels();
  expect(await forward.stderr).toContain('lost connection to pod');
});

test('port-forward to a pending pod or a service without a selector fails as on a real cluster', async () => {
  await using shop = await startShop();
  shop.cluster.addPod({ name: 'waiting', phase: 'Pending' });
  shop.cluster.addService({ name: 'bare', ports: [{ port: 80 }] });
  const pending = await shop.kubectl.run('port-forward', 'pod/waiting', ':80', '--pod-running-timeout=1s');
  expect(pending.stderr).toContain('unable to forward port because pod is not running. Current status=Pending');
  const bare = await shop.kubectl.run('port-forward', 'svc/bare', ':80');
  expect(bare.stderr).toContain("invalid service 'bare': Service is defined without a selector");
});
