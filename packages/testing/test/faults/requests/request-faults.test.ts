import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FakeClock } from '../../../src/clock/fake-clock.ts';
import { FaultyServer } from '../helpers/faulty-server.ts';

const PODS = '/api/v1/namespaces/default/pods';

/** Waits until so many calls wait on the clock. */
async function waiting(clock: FakeClock, count: number): Promise<void> {
  while (clock.waiting < count) await turn();
}

test('a delayed request is answered when the time has come, and others at once', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock });
  using fault = server.faults.delay({ ms: 200, requests: { verb: 'list', resource: 'pods' } });
  const slow = server.ask(PODS);
  await waiting(clock, 1);
  await server.ask('/version');
  clock.advance(199);
  await server.ask('/version');
  expect(server.answered).toEqual(['/version', '/version']);
  clock.advance(1);
  expect((await slow).text).toBe('hello');
  expect(fault.hits).toBe(1);
});

test('removing a delay lets go what waits', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock });
  const fault = server.faults.delay({ ms: 1000 });
  const slow = server.ask('/version');
  await waiting(clock, 1);
  fault.remove();
  expect((await slow).status).toBe(200);
  expect(clock.waiting).toBe(0);
});

test('a failure is answered in the words of a real server', async () => {
  await using server = await FaultyServer.start();
  server.faults.answer({ status: 409, requests: { name: 'web' } });
  server.faults.answer({ status: 503, retryAfterSeconds: 7, requests: { verb: 'list' } });
  server.faults.answer({ status: 500, message: 'boom', requests: { path: /^\/ver/g } });
  const conflict = await server.ask(`${PODS}/web`);
  expect(JSON.parse(conflict.text)).toMatchObject({
    kind: 'Status',
    code: 409,
    reason: 'Conflict',
    message:
      'Operation cannot be fulfilled on pods "web": the object has been modified; please apply your changes to the latest version and try again',
    details: { name: 'web', kind: 'pods' },
  });
  const unavailable = await server.ask(PODS);
  expect(unavailable.status).toBe(503);
  expect(JSON.parse(unavailable.text)).toMatchObject({
    reason: 'ServiceUnavailable',
    message: 'the server is currently unable to handle the request',
    details: { retryAfterSeconds: 7 },
  });
  for (const path of ['/version', '/version']) {
    expect(JSON.parse((await server.ask(path)).text)).toMatchObject({
      code: 500,
      reason: 'InternalError',
      message: 'boom',
    });
  }
  expect(server.answered).toEqual([]);
});

test.each([200, 399, 600, 404.5, Number.NaN])('%d is no status of a failure', async (status) => {
  await using server = await FaultyServer.start();
  expect(() => server.faults.answer({ status })).toThrow(RangeError);
});

test('a reset destroys the connection before or after the request was executed', async () => {
  await using server = await FaultyServer.start();
  const before = server.faults.reset({ times: 1 });
  await expect(server.ask('/version')).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(server.answered).toEqual([]);
  server.faults.reset({ times: 1, executed: true });
  await expect(server.ask('/version')).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(server.answered).toEqual(['/version']);
  expect((await server.ask('/version')).text).toBe('hello');
  expect(before.hits).toBe(1);
});

test('a request that hangs is answered when the fault is removed', async () => {
  await using server = await FaultyServer.start();
  const fault = server.faults.hang({ requests: { method: 'GET' } });
  const held = server.ask('/version');
  while (fault.hits === 0) await turn();
  expect(server.answered).toEqual([]);
  fault.remove();
  expect((await held).text).toBe('hello');
});

test('a request that hangs is forgotten when the client leaves', async () => {
  await using server = await FaultyServer.start();
  using fault = server.faults.hang();
  const asked = server.request('/version').end();
  asked.on('error', () => undefined);
  while (fault.hits === 0) await turn();
  asked.destroy();
  while (server.over.length === 0) await turn();
  fault.remove();
  expect((await server.ask('/healthz')).status).toBe(200);
  expect([server.over, server.answered]).toEqual([['/version'], ['/healthz']]);
});

test('stopping the server ends requests that hang', async () => {
  const server = await FaultyServer.start();
  const fault = server.faults.hang();
  const held = server.ask('/version');
  while (fault.hits === 0) await turn();
  await Promise.all([expect(held).rejects.toThrow(), server[Symbol.asyncDispose]()]);
});

test.each([0, 1, 4, 70_000])('an answer that is cut has its head and %d bytes', async (afterBytes) => {
  await using server = await FaultyServer.start({ body: 'x'.repeat(100_000) });
  using fault = server.faults.cut({ afterBytes });
  const [response] = (await once(server.request('/version').end(), 'response')) as [IncomingMessage];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
  });
  const [error] = (await once(response, 'error')) as [Error];
  expect(error.message).toBe('aborted');
  expect([response.statusCode, length, fault.hits]).toEqual([200, afterBytes, 1]);
});

test('an answer that is limited takes its time, until the fault is removed', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock, body: 'x'.repeat(1000) });
  const fault = server.faults.limit({ bytesPerSecond: 100 });
  const [response] = (await once(server.request('/version').end(), 'response')) as [IncomingMessage];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
  });
  while (length < 2) await turn();
  clock.advance(1000);
  while (length < 102) await turn();
  expect(length).toBe(102);
  fault.remove();
  await once(response, 'end');
  expect(length).toBe(1000);
});

test('several faults strike in the order in which they were made', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock });
  server.faults.delay({ ms: 100 });
  const answer = server.faults.answer({ status: 429 });
  const asked = server.ask('/version');
  await waiting(clock, 1);
  expect(answer.hits).toBe(0);
  clock.advance(100);
  const { status, headers } = await asked;
  expect([status, headers['retry-after']]).toEqual([429, '1']);
});

test('skip, times and nth choose the requests that are struck', async () => {
  await using server = await FaultyServer.start();
  const statuses = async (): Promise<readonly number[]> => {
    const all: number[] = [];
    for (let index = 0; index < 5; index += 1) all.push((await server.ask('/version')).status);
    return all;
  };
  using some = server.faults.answer({ status: 500, skip: 1, times: 2 });
  expect(await statuses()).toEqual([200, 500, 500, 200, 200]);
  expect(some.hits).toBe(2);
  using third = server.faults.answer({ status: 503, nth: 3 });
  expect(await statuses()).toEqual([200, 200, 503, 200, 200]);
  expect(third.hits).toBe(1);
});

test('probability is drawn from the seed', async () => {
  const struck = async (seed: number): Promise<string> => {
    await using server = await FaultyServer.start({ seed });
    server.faults.answer({ status: 500, probability: 0.5 });
    let text = '';
    for (let index = 0; index < 24; index += 1) text += (await server.ask('/version')).status === 500 ? 'x' : '.';
    return text;
  };
  const [first, again, other] = [await struck(1), await struck(1), await struck(2)];
  expect(first).toBe(again);
  expect(first).not.toBe(other);
  expect(first).toMatch(/x/);
  expect(first).toMatch(/\./);
});

test.each([
  { skip: -1 },
  { times: 1.5 },
  { nth: 0 },
  { nth: 1, times: 1 },
  { probability: 1.1 },
  { probability: Number.NaN },
])('%j are no turns', async (turns) => {
  await using server = await FaultyServer.start();
  expect(() => server.faults.hang(turns)).toThrow(RangeError);
});
