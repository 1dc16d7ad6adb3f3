import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { AddressNotAvailableError, PortConflictError } from '../../src/errors/port-errors.ts';
import { type BoundPort, bindPort } from '../../src/ports/bind-port.ts';
import { listenAddresses } from '../../src/ports/listen-addresses.ts';
import { findFreePort, occupyPort } from '../helpers/occupy-port.ts';
import { readToEnd } from '../helpers/read-to-end.ts';

const BOTH = ['127.0.0.1', '::1'];

function bind(
  options: {
    readonly port?: number;
    readonly addresses?: readonly string[];
    readonly onConnection?: (s: Socket) => void;
  } = {},
): Promise<BoundPort> {
  return bindPort({
    port: options.port ?? 0,
    addresses: listenAddresses(options.addresses ?? ['localhost']),
    onConnection: options.onConnection ?? ((socket) => socket.destroy()),
  });
}

async function connectTo(options: { readonly host: string; readonly port: number }): Promise<Socket> {
  const socket = connect({ ...options, allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}

test('binds one port on both loopback addresses', async () => {
  const accepted: (string | undefined)[] = [];
  const closings: Promise<unknown>[] = [];
  await using bound = await bind({
    onConnection: (socket) => {
      accepted.push(socket.localAddress);
      socket.end();
      socket.resume();
    },
  });
  expect(bound.addresses).toEqual(BOTH);
  expect(bound.port).toBeGreaterThan(0);
  for (const host of BOTH) {
    const client = await connectTo({ host, port: bound.port });
    closings.push(once(client.resume(), 'end').then(() => client.destroy()));
  }
  await Promise.all(closings);
  expect(accepted.sort()).toEqual(BOTH);
});

test('binds the port that was asked for', async () => {
  const port = await findFreePort();
  await using bound = await bind({ port, addresses: ['127.0.0.1'] });
  expect(bound.port).toBe(port);
});

test.each([
  { taken: '127.0.0.1', other: '::1' },
  { taken: '::1', other: '127.0.0.1' },
])('a port that is taken on $taken alone is refused, and $other stays free', async ({ taken, other }) => {
  await using occupied = await occupyPort({ host: taken });
  await expect(bind({ port: occupied.port })).rejects.toThrow(
    expect.objectContaining({ code: 'PORT_CONFLICT', requestedPort: occupied.port, cause: expect.any(Error) as Error }),
  );
  await using nowTaken = await occupyPort({ host: other, port: occupied.port });
  expect(nowTaken.port).toBe(occupied.port);
});

test('two forwards cannot have one port', async () => {
  await using first = await bind();
  await expect(bind({ port: first.port })).rejects.toBeInstanceOf(PortConflictError);
});

test('frees the port when it is closed, however often', async () => {
  const bound = await bind();
  await Promise.all([bound.close(), bound.close()]);
  await bound.close();
  await using again = await bind({ port: bound.port });
  expect(again.addresses).toEqual(BOTH);
});

test('closing leaves the connections that were accepted alone', async () => {
  const accepted = Promise.withResolvers<Socket>();
  const bound = await bind({ onConnection: accepted.resolve });
  const client = await connectTo({ host: '127.0.0.1', port: bound.port });
  const server = await accepted.promise;
  await bound.close();
  client.end('still here');
  const received = readToEnd(server);
  server.resume();
  expect(await received).toBe('still here');
  server.end('and back');
  expect(await readToEnd(client)).toBe('and back');
});

test('hands out sockets of which nothing was read', async () => {
  const accepted: Socket[] = [];
  const second = Promise.withResolvers<void>();
  await using bound = await bind({
    onConnection: (socket) => {
      if (accepted.push(socket) === 2) second.resolve();
    },
  });
  const client = await connectTo({ host: '127.0.0.1', port: bound.port });
  const sent = Promise.withResolvers<void>();
  client.end('sent before anyone listens', () => sent.resolve());
  await sent.promise;
  const later = await connectTo({ host: '127.0.0.1', port: bound.port });
  await second.promise; // the loop has turned since the bytes arrived
  const [socket, other] = accepted as [Socket, Socket];
  expect(socket.bytesRead).toBe(0);
  const received = readToEnd(socket);
  socket.resume();
  expect(await received).toBe('sent before anyone listens');
  for (const done of [client, later, socket, other]) done.destroy();
});

test('an end of the local program leaves its other direction open', async () => {
  await using bound = await bind({
    onConnection: (socket) => {
      socket.on('end', () => socket.end('answer after the end')).resume();
    },
  });
  const client = await connectTo({ host: '127.0.0.1', port: bound.port });
  client.end();
  expect(await readToEnd(client)).toBe('answer after the end');
});

test('an address of another machine is refused, and nothing stays bound', async () => {
  const port = await findFreePort();
  await expect(bind({ port, addresses: ['127.0.0.1', '203.0.113.1'] })).rejects.toThrow(
    expect.objectContaining({ code: 'ADDRESS_NOT_AVAILABLE', address: '203.0.113.1' }),
  );
  await using free = await occupyPort({ host: '127.0.0.1', port });
  expect(free.port).toBe(port);
});

test('a family that the machine lacks is skipped where it is optional', async () => {
  await using bound = await bindPort({
    port: 0,
    addresses: [
      { host: '203.0.113.1', optional: true },
      { host: '127.0.0.1', optional: true },
    ],
    onConnection: (socket) => socket.destroy(),
  });
  expect(bound.addresses).toEqual(['127.0.0.1']);
});

test('no address at all is an error, also where each is optional', async () => {
  const binding = bindPort({
    port: 0,
    addresses: [
      { host: '203.0.113.1', optional: true },
      { host: '203.0.113.2', optional: true },
    ],
    onConnection: (socket) => socket.destroy(),
  });
  await expect(binding).rejects.toBeInstanceOf(AddressNotAvailableError);
});
