import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../src/index.ts';
import { type ApiBody, tlsOptions } from '../helpers/api-client.ts';

const TUNNEL = 'SPDY/3.1+portforward.k8s.io';
const HANDSHAKE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': TUNNEL,
};

interface Attempt {
  readonly pod?: string;
  readonly path?: string;
  readonly certificate?: boolean;
  readonly method?: string;
  readonly handshake?: Readonly<Record<string, string>>;
}

function upgrade(cluster: SimulatedCluster, attempt: Attempt) {
  const { pod = 'web', path, certificate = true, method = 'GET', handshake = HANDSHAKE } = attempt;
  const url = `${cluster.server}${path ?? `/api/v1/namespaces/default/pods/${pod}/portforward`}`;
  const request = httpsRequest(url, { ...tlsOptions(cluster, certificate), method, headers: handshake, agent: false });
  request.end();
  return request;
}

/** A session as a client sees it: the answer and the socket. */
async function connect(cluster: SimulatedCluster): Promise<{ response: IncomingMessage; socket: Socket }> {
  const [response, socket] = (await once(upgrade(cluster, {}), 'upgrade')) as [IncomingMessage, Socket];
  // A cut socket is what these tests are about.
  socket.on('error', () => undefined);
  socket.resume();
  return { response, socket };
}

/** What a refused upgrade was answered with. */
async function refusal(cluster: SimulatedCluster, attempt: Attempt = {}) {
  const [response] = (await once(upgrade(cluster, attempt), 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode,
    headers: response.headers,
    body: JSON.parse(Buffer.concat(chunks).toString()) as ApiBody,
  };
}

test('a port forward to a pod becomes a live session, and dropping it cuts the socket', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  const { response, socket } = await connect(cluster);
  expect([response.statusCode, response.headers['sec-websocket-protocol']]).toEqual([101, TUNNEL]);
  expect(cluster.tunnels).toMatchObject([{ carrier: 'websocket-tunnel', podName: 'web', streams: 0 }]);
  const [{ closed }] = cluster.tunnels as [(typeof cluster.tunnels)[number]];
  const cut = once(socket, 'close');
  cluster.dropTunnels();
  await Promise.all([cut, closed]);
  expect(cluster.tunnels).toEqual([]);
});

test('stopping the cluster ends its sessions', async () => {
  const cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  const { socket } = await connect(cluster);
  const closed = once(socket, 'close');
  await cluster.stop();
  await closed;
  expect(cluster.tunnels).toEqual([]);
});

test('a port forward to a pod that does not exist is refused with 404', async () => {
  await using cluster = await SimulatedCluster.start();
  const { status, body } = await refusal(cluster, { pod: 'nope' });
  expect(status).toBe(404);
  expect(body).toMatchObject({ kind: 'Status', reason: 'NotFound', message: 'pods "nope" not found' });
});

test('a port forward to a pod without a node is refused with 400', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web', phase: 'Pending' });
  expect((await refusal(cluster)).body).toMatchObject({ code: 400, message: 'pod web does not have a host assigned' });
});

test('a port forward without credentials is refused with 401', async () => {
  await using cluster = await SimulatedCluster.start({ tokens: ['secret'] });
  cluster.addPod({ name: 'web' });
  expect((await refusal(cluster, { certificate: false })).body).toMatchObject({ code: 401, reason: 'Unauthorized' });
});

test('a port forward over a WebSocket needs the verb get', async () => {
  await using cluster = await SimulatedCluster.start({ authorize: ({ verb }) => verb === 'create' });
  cluster.addPod({ name: 'web' });
  expect((await refusal(cluster)).body).toMatchObject({
    code: 403,
    message:
      'pods "web" is forbidden: User "simulated-admin" cannot get resource "pods/portforward" in API group "" in the namespace "default"',
  });
});

test('port forwards can be refused for a while', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  cluster.refusePortForward(429);
  const { status, headers } = await refusal(cluster);
  expect([status, headers['retry-after']]).toEqual([429, '1']);
  cluster.refusePortForward(undefined);
  const { response, socket } = await connect(cluster);
  expect(response.statusCode).toBe(101);
  socket.destroy();
});

test.each([200, 399, 600, 404.5])('%d is no status to refuse with', async (status) => {
  await using cluster = await SimulatedCluster.start();
  expect(() => cluster.refusePortForward(status)).toThrow(RangeError);
});

test('a carrier that is switched off is refused with a Status, and the connection is closed', async () => {
  await using cluster = await SimulatedCluster.start({ portForward: { tunnel: false } });
  cluster.addPod({ name: 'web' });
  const { status, headers, body } = await refusal(cluster);
  expect(status).toBe(400);
  expect(headers.connection).toBe('close');
  expect(body).toMatchObject({ kind: 'Status', code: 400, reason: 'BadRequest' });
});

test('a port forward that offers no protocol of the server is refused with the protocols it may offer', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  const { status, headers } = await refusal(cluster, {
    method: 'POST',
    handshake: { connection: 'Upgrade', upgrade: 'SPDY/3.1', 'x-stream-protocol-version': 'v9.example.com' },
  });
  expect(status).toBe(403);
  expect(headers['x-accepted-stream-protocol-versions']).toBe('portforward.k8s.io');
});

test('an upgrade of anything else is refused with 501', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({ name: 'web' });
  expect((await refusal(cluster, { path: '/api/v1/namespaces/default/pods' })).status).toBe(501);
});
