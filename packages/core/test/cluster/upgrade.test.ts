import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import type { UpgradeRequest } from '../../src/cluster/cluster.ts';
import { ForbiddenError } from '../../src/errors/cluster-errors.ts';
import { startApiServer } from '../helpers/api-server.ts';
import { openTestCluster } from '../helpers/open-test-cluster.ts';
import { makeTempFolder } from '../helpers/temp-folder.ts';
import { textWith } from '../helpers/text-with.ts';

const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream: one\r\n\r\n';
const request: UpgradeRequest = {
  method: 'POST',
  path: '/api/v1/namespaces/shop/pods/web/portforward',
  headers: { Connection: 'Upgrade', Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'portforward.k8s.io' },
};

test('a switched connection is handed over bare, with the bytes that came along', async () => {
  const sent = Promise.withResolvers<string>();
  await using server = await startApiServer({
    upgrade: (_request, socket) => {
      socket.write(`${SWITCH}hello`);
      socket.once('data', (chunk: Buffer) => {
        sent.resolve(chunk.toString());
        socket.end(' and more');
      });
    },
  });
  await using cluster = await openTestCluster({ server, user: { token: 'abc' } });
  const { socket, head, headers } = await cluster.upgrade({ ...request, query: { ports: '80' } });
  const seen = server.requests[0];
  expect(seen).toMatchObject({ method: 'POST', url: `${request.path}?ports=80` });
  expect(seen?.headers).toMatchObject({
    authorization: 'Bearer abc',
    'x-stream-protocol-version': 'portforward.k8s.io',
  });
  expect(headers).toMatchObject({ upgrade: 'SPDY/3.1', 'x-stream': 'one' });
  expect(socket.readableFlowing).toBeNull();
  expect(socket.readableHighWaterMark).toBe(1024 * 1024);
  expect(socket.writableHighWaterMark).toBe(1024 * 1024);
  const ours = ['data', 'end', 'error', 'drain', 'timeout', 'session', 'readable'];
  expect(ours.filter((name) => socket.listeners(name).some((each) => each.name !== 'onReadableStreamEnd'))).toEqual([]);

  const chunks: Buffer[] = [head];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write('good day');
  expect(await sent.promise).toBe('good day');
  await once(socket, 'close');
  expect(Buffer.concat(chunks).toString()).toBe('hello and more');
});

test('each upgrade has a connection of its own and resumes the TLS session', async () => {
  await using server = await startApiServer({ upgrade: (_request, socket) => socket.write(SWITCH) });
  await using cluster = await openTestCluster({ server });
  const first = await cluster.upgrade(request);
  const second = await cluster.upgrade(request);
  expect(server.accepted).toBe(2);
  expect((first.socket as TLSSocket).isSessionReused()).toBe(false);
  expect((second.socket as TLSSocket).isSessionReused()).toBe(true);
  expect((second.socket as TLSSocket).alpnProtocol).toBe('http/1.1');
});

test('closing the cluster leaves an upgraded connection alone', async () => {
  await using server = await startApiServer({
    upgrade: (_request, socket) => {
      socket.write(SWITCH);
      socket.on('data', (chunk) => socket.write(chunk));
    },
  });
  const cluster = await openTestCluster({ server });
  const controller = new AbortController();
  const { socket } = await cluster.upgrade({ ...request, signal: controller.signal });
  await cluster.close();
  controller.abort();
  socket.write('still here');
  expect(String((await once(socket, 'data'))[0])).toBe('still here');
  socket.destroy();
});

test('any other answer refuses the upgrade, with the status and the words of the server, and is hung up on', async () => {
  const closed = Promise.withResolvers<void>();
  const body = '{"kind":"Status","reason":"NotFound","message":"pods \\"web\\" not found"}';
  await using server = await startApiServer({
    upgrade: (_request, socket) => {
      socket.once('close', () => closed.resolve());
      socket.resume().write(`HTTP/1.1 404 Not Found\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    },
  });
  await using cluster = await openTestCluster({ server });
  await expect(cluster.upgrade(request)).rejects.toMatchObject({
    code: 'UPGRADE_REFUSED',
    status: 404,
    message: textWith('pods "web" not found'),
    cause: { code: 'API_ERROR', status: 404 },
  });
  await closed.promise;
});

test('a refused upgrade leaves no connection, even if the server goes on talking', async () => {
  const closed = Promise.withResolvers<void>();
  await using server = await startApiServer({
    upgrade: (_request, socket) => {
      socket.once('close', () => closed.resolve());
      const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
      socket.write(`HTTP/1.1 500 Internal Server Error\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`);
    },
  });
  await using cluster = await openTestCluster({ server });
  await expect(cluster.upgrade(request)).rejects.toMatchObject({ code: 'UPGRADE_REFUSED', status: 500 });
  await closed.promise;
});

test('403 is told as the missing permission', async () => {
  const message =
    'pods \\"web\\" is forbidden: User \\"dev\\" cannot create resource \\"pods/portforward\\" in API group \\"\\" in the namespace \\"shop\\"';
  const body = `{"kind":"Status","reason":"Forbidden","message":"${message}"}`;
  await using server = await startApiServer({
    upgrade: (_request, socket) =>
      socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
  });
  await using cluster = await openTestCluster({ server });
  const error = await cluster.upgrade(request).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'UPGRADE_REFUSED', status: 403 });
  const { cause } = error as { cause: ForbiddenError };
  expect(cause).toBeInstanceOf(ForbiddenError);
  expect(cause.message).toContain("Permission denied: You need pods/portforward permission in namespace 'shop'");
  expect(cause).toMatchObject({ verb: 'create', resource: 'pods/portforward', namespace: 'shop' });
});

test('on 401 credentials are renewed once', async () => {
  await using folder = await makeTempFolder();
  const tokenFile = await folder.write('token', 'old');
  await using server = await startApiServer({
    upgrade: ({ headers }: IncomingMessage, socket) => {
      socket.write(
        headers.authorization === 'Bearer new' ? SWITCH : 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n',
      );
    },
  });
  await using cluster = await openTestCluster({ server, user: { tokenFile } });
  await expect(cluster.upgrade(request)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await folder.write('token', 'new');
  const { socket } = await cluster.upgrade(request);
  socket.destroy();
  expect(server.requests).toHaveLength(3);
});

test('an aborted upgrade rejects with the reason and leaves no connection', async () => {
  const arrived = Promise.withResolvers<{ readonly closed: Promise<unknown> }>();
  await using server = await startApiServer({
    upgrade: (_request, socket) => {
      arrived.resolve({ closed: once(socket, 'close') });
      socket.resume();
    },
  });
  await using cluster = await openTestCluster({ server });
  const controller = new AbortController();
  const upgrade = cluster.upgrade({ ...request, signal: controller.signal });
  upgrade.catch(() => undefined);
  const { closed } = await arrived.promise;
  controller.abort(new Error('never mind'));
  await expect(upgrade).rejects.toThrow('never mind');
  await closed;
});

test('a server that hangs up instead of answering is unreachable', async () => {
  await using server = await startApiServer({ upgrade: (_request, socket) => socket.destroy() });
  await using cluster = await openTestCluster({ server });
  await expect(cluster.upgrade(request)).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
});
