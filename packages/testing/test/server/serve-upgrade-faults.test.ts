import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../src/index.ts';
import { type ApiBody, tlsOptions } from '../helpers/api-client.ts';

const TUNNEL = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'SPDY/3.1+portforward.k8s.io',
};
const SPDY = { connection: 'Upgrade', upgrade: 'SPDY/3.1', 'x-stream-protocol-version': 'portforward.k8s.io' };

async function cluster(): Promise<SimulatedCluster> {
  const started = await SimulatedCluster.start();
  started.addPod({ name: 'web' });
  return started;
}

function upgrade(to: SimulatedCluster, headers: Readonly<Record<string, string>>) {
  const url = `${to.server}/api/v1/namespaces/default/pods/web/portforward`;
  const method = headers === SPDY ? 'POST' : 'GET';
  return httpsRequest(url, { ...tlsOptions(to), method, headers, agent: false }).end();
}

/** The status of the answer: 101, or that of a refusal with its text. */
async function answer(
  to: SimulatedCluster,
  headers: Readonly<Record<string, string>>,
): Promise<readonly [number, string]> {
  const asked = upgrade(to, headers);
  const refused = once(asked, 'response') as Promise<[IncomingMessage]>;
  const accepted = once(asked, 'upgrade') as Promise<[IncomingMessage, Socket]>;
  const [response, socket] = await Promise.race([refused, accepted]);
  if (socket) {
    socket.on('error', () => undefined).destroy();
    return [101, ''];
  }
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return [response.statusCode ?? 0, (JSON.parse(Buffer.concat(chunks).toString()) as ApiBody).message];
}

test('a carrier can be unknown to the server for a while', async () => {
  await using to = await cluster();
  using fault = to.faults.refuse({ carrier: 'websocket-tunnel' });
  expect((await answer(to, TUNNEL))[0]).toBe(400);
  expect(await answer(to, SPDY)).toEqual([101, '']);
  expect(fault.hits).toBe(1);
  fault.remove();
  expect(await answer(to, TUNNEL)).toEqual([101, '']);
});

test('a carrier can be refused with a status and the words of a real server', async () => {
  await using to = await cluster();
  using _fault = to.faults.refuse({ carrier: 'spdy', status: 503, times: 1 });
  expect(await answer(to, TUNNEL)).toEqual([101, '']);
  expect(await answer(to, SPDY)).toEqual([503, 'error dialing backend: No agent available']);
  expect(await answer(to, SPDY)).toEqual([101, '']);
});

test('faults of requests strike port forwards', async () => {
  await using to = await cluster();
  const portForward = { resource: 'pods', subresource: 'portforward', name: 'web' };
  using _failure = to.faults.answer({ status: 500, message: 'boom', requests: portForward, nth: 1 });
  using _reset = to.faults.reset({ requests: portForward, nth: 1 });
  using body = to.faults.cut({ afterBytes: 0, requests: portForward });
  expect(await answer(to, TUNNEL)).toEqual([500, 'boom']);
  await expect(answer(to, TUNNEL)).rejects.toThrow(/hang up|ECONNRESET/);
  expect(await answer(to, TUNNEL)).toEqual([101, '']);
  expect(body.hits).toBe(0);
});

test('a port forward that hangs goes on when the fault is removed', async () => {
  await using to = await cluster();
  const fault = to.faults.hang({ requests: { subresource: 'portforward' } });
  const held = answer(to, TUNNEL);
  while (fault.hits === 0) await turn();
  expect(to.tunnels).toEqual([]);
  fault.remove();
  expect(await held).toEqual([101, '']);
});

test('the client of a port forward that hangs can leave, and no session begins', async () => {
  await using to = await cluster();
  const fault = to.faults.hang({ requests: { subresource: 'portforward' } });
  const asked = upgrade(to, TUNNEL).on('error', () => undefined);
  while (fault.hits === 0) await turn();
  const [tcp] = [asked.socket as Socket];
  tcp.destroy();
  await once(tcp, 'close');
  expect(await answerTo(to)).toBe(200);
  fault.remove();
  expect(await answerTo(to)).toBe(200);
  expect(to.tunnels).toEqual([]);
});

test('a server that restarts ends its tunnels and keeps its objects', async () => {
  await using to = await cluster();
  const [, socket] = (await once(upgrade(to, TUNNEL), 'upgrade')) as [IncomingMessage, Socket];
  const cut = once(socket.on('error', () => undefined).resume(), 'close');
  await to.restartServer();
  await cut;
  expect(await answer(to, TUNNEL)).toEqual([101, '']);
});

async function answerTo(to: SimulatedCluster): Promise<number> {
  const asked = httpsRequest(`${to.server}/version`, { ...tlsOptions(to), agent: false }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}
