import { once } from 'node:events';
import { expect, test } from 'vitest';
import { echo } from '../../src/pods/echo.ts';
import { ForwardingServer, POD_ID } from './helpers/forwarding-server.ts';
import { data } from './helpers/spdy-client.ts';

test('the handler learns where its connection arrived', async () => {
  const seen: unknown[] = [];
  await using server = await ForwardingServer.start({
    serve: {
      80: (connection, context) => {
        seen.push(context);
        connection.end();
      },
    },
  });
  const client = await server.spdy();
  client.send(await client.open(80));
  await client.until(() => client.ended(3));
  expect(seen).toEqual([{ port: 80, podName: 'web', namespace: 'default' }]);
});

test('a port without a handler fails in the words of containerd, the data stream ending first, and others go on', async () => {
  await using server = await ForwardingServer.start({ serve: { 80: echo() } });
  const client = await server.spdy();
  client.send(await client.open(81), data(3, 'lost'));
  await client.until(() => client.ended(1));
  expect(client.text(1)).toMatch(
    new RegExp(`^error forwarding port 81 to pod ${POD_ID}, uid : .*: connection refused`),
  );
  const order = client.frames.filter(({ fin }) => fin).map(({ id }) => id);
  expect(order).toEqual([3, 1]);
  client.send(await client.open(80, { id: 5 }), data(7, 'on', { fin: true }));
  await client.until(() => client.ended(7));
  expect(client.text(7)).toBe('on');
});

test('what looking for the handler throws is the reason that the client sees', async () => {
  await using server = await ForwardingServer.start({
    findHandler: () => {
      throw new Error('failed to find sandbox "1" in store: not found');
    },
  });
  const client = await server.spdy();
  client.send(await client.open(80));
  await client.until(() => client.ended(1));
  expect(client.text(1)).toBe(
    `error forwarding port 80 to pod ${POD_ID}, uid : failed to find sandbox "1" in store: not found`,
  );
});

test('a handler that throws, or rejects later, resets its connection and is reported', async () => {
  await using server = await ForwardingServer.start({
    serve: {
      80: () => {
        throw new Error('at once');
      },
      81: async (connection) => {
        await once(connection, 'data');
        throw new Error('later');
      },
    },
  });
  const client = await server.spdy();
  client.send(await client.open(80), await client.open(81, { id: 5 }), data(7, 'x'));
  await client.until(() => client.ended(1) && client.ended(5));
  expect(client.text(1)).toContain('connection reset by peer');
  expect(client.text(5)).toContain('connection reset by peer');
  expect(server.errors.map(({ message }) => message)).toEqual(['at once', 'later']);
});
