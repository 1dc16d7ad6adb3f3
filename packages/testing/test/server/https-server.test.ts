import { once } from 'node:events';
import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
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
