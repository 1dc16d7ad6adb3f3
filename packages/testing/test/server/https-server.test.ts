import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { createCertificateAuthority } from '../../src/certificates/certificate-authority.ts';
import { startHttpsServer } from '../../src/server/https-server.ts';
import { FaultyServer } from '../faults/helpers/faulty-server.ts';

test('a server that stops cuts its connections, and starts again on the same port', async () => {
  await using server = await FaultyServer.start();
  const { port } = server.https;
  const idle = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(idle.resume(), 'secureConnect');
  const watch = await server.watch();
  const { client, tunnel } = await server.forward();
  const closed = once(
    idle.on('error', () => undefined),
    'close',
  );
  const watchEnds = expect(watch.next()).rejects.toThrow('aborted');
  await server.https.stop();
  await Promise.all([closed, watchEnds, client.closed, tunnel.closed]);
  await expect(server.ask('/version')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await server.https.start();
  expect(server.https.port).toBe(port);
  expect((await server.ask('/version')).status).toBe(200);
});

test('stopping twice and starting twice does nothing more', async () => {
  await using server = await FaultyServer.start();
  await Promise.all([server.https.stop(), server.https.stop(), server.https.start(), server.https.start()]);
  expect((await server.ask('/version')).status).toBe(200);
});

test('a server cannot start again when somebody else has its port, and can once it is free', async () => {
  await using server = await FaultyServer.start();
  await server.https.stop();
  const other = createServer().listen(server.https.port, '127.0.0.1');
  await once(other, 'listening');
  await expect(server.https.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  other.close();
  await once(other, 'close');
  await server.https.start();
  expect((await server.ask('/version')).status).toBe(200);
});

test('a server that was disposed of does not start again', async () => {
  const server = await FaultyServer.start();
  await server[Symbol.asyncDispose]();
  await expect(server.https.start()).rejects.toMatchObject({ name: 'AbortError' });
  await turn();
  await expect(server.ask('/version')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('every request of a pipeline ends with its connection, not only the first', async () => {
  const authority = createCertificateAuthority();
  const arrived: ServerResponse[] = [];
  const closed: Promise<unknown>[] = [];
  const { promise: allArrived, resolve } = Promise.withResolvers<void>();
  await using server = await startHttpsServer({
    ...{ identity: authority.issueServer(), authority: authority.certificate, port: 0 },
    onRequest: (_request, response) => {
      closed.push(once(response, 'close'));
      if (arrived.push(response) === 3) resolve();
    },
    onUpgrade: (_request, socket) => socket.destroy(),
  });
  const client = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false });
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(3));
  await allArrived;
  client.destroy();
  await Promise.all(closed);
  expect(closed).toHaveLength(3);
});
