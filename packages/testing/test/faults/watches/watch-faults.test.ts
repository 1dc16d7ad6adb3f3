import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FaultyServer } from '../helpers/faulty-server.ts';

const WEB = { namespace: 'default' };

async function texts(watch: AsyncIterator<string, undefined>, count: number): Promise<readonly (string | undefined)[]> {
  const all: (string | undefined)[] = [];
  for (let index = 0; index < count; index += 1) all.push((await watch.next()).value);
  return all;
}

test('a watch that is dropped ends in the middle', async () => {
  await using server = await FaultyServer.start();
  const watch = await server.watch();
  server.addPod('a');
  expect(await texts(watch, 1)).toEqual(['ADDED a']);
  const fault = server.faults.watch.drop({ requests: WEB });
  await expect(watch.next()).rejects.toThrow('aborted');
  expect(fault.hits).toBe(1);
});

test('a drop of other watches strikes none', async () => {
  await using server = await FaultyServer.start();
  const watch = await server.watch();
  expect(server.faults.watch.drop({ requests: { namespace: 'other' } }).hits).toBe(0);
  server.addPod('a');
  expect(await texts(watch, 1)).toEqual(['ADDED a']);
});

test('a watch that expires gets a 410 and ends', async () => {
  await using server = await FaultyServer.start();
  const watch = await server.watch();
  server.faults.watch.expire();
  expect(await texts(watch, 2)).toEqual(['ERROR 410', undefined]);
});

test('watches that begin later end after so many events', async () => {
  await using server = await FaultyServer.start();
  const fault = server.faults.watch.expire({ afterEvents: 2, times: 1 });
  const [first, second] = [await server.watch(), await server.watch()];
  for (const name of ['a', 'b', 'c']) server.addPod(name);
  expect(await texts(first, 4)).toEqual(['ADDED a', 'ADDED b', 'ERROR 410', undefined]);
  expect(await texts(second, 3)).toEqual(['ADDED a', 'ADDED b', 'ADDED c']);
  expect(fault.hits).toBe(1);
});

test('a stale watch hears everything in its order when the fault is removed', async () => {
  await using server = await FaultyServer.start();
  server.addPod('before');
  const watch = await server.watch();
  expect(await texts(watch, 1)).toEqual(['ADDED before']);
  const fault = server.faults.watch.stale();
  for (const name of ['a', 'b']) server.addPod(name);
  const next = watch.next();
  let heard = false;
  void next.then(() => {
    heard = true;
  });
  await server.ask('/version');
  await turn();
  expect(heard).toBe(false);
  fault.remove();
  server.addPod('c');
  expect([(await next).value, ...(await texts(watch, 2))]).toEqual(['ADDED a', 'ADDED b', 'ADDED c']);
});

test('a stale watch that loses its events never hears of them', async () => {
  await using server = await FaultyServer.start();
  const watch = await server.watch();
  const fault = server.faults.watch.stale({ lose: true });
  server.addPod('a');
  fault.remove();
  server.addPod('b');
  expect(await texts(watch, 1)).toEqual(['ADDED b']);
});

test('events can come twice', async () => {
  await using server = await FaultyServer.start();
  const watch = await server.watch();
  const fault = server.faults.watch.duplicate({ skip: 1, times: 1 });
  for (const name of ['a', 'b', 'c']) server.addPod(name);
  expect(await texts(watch, 4)).toEqual(['ADDED a', 'ADDED b', 'ADDED b', 'ADDED c']);
  expect(fault.hits).toBe(1);
});

test('events can change places, and none is lost', async () => {
  await using server = await FaultyServer.start();
  const watch = await server.watch();
  const fault = server.faults.watch.reorder();
  for (const name of ['a', 'b', 'c']) server.addPod(name);
  expect(await texts(watch, 2)).toEqual(['ADDED b', 'ADDED a']);
  fault.remove();
  expect(await texts(watch, 1)).toEqual(['ADDED c']);
});

test('faults of watches add up', async () => {
  await using server = await FaultyServer.start();
  const watch = await server.watch();
  const stale = server.faults.watch.stale();
  server.faults.watch.duplicate();
  server.addPod('a');
  stale.remove();
  expect(await texts(watch, 2)).toEqual(['ADDED a', 'ADDED a']);
});
