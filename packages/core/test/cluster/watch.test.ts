import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { WatchEvent } from '../../src/cluster/cluster.ts';
import { type ApiServer, startApiServer } from '../helpers/api-server.ts';
import { drained } from '../helpers/drained.ts';
import { openTestCluster } from '../helpers/open-test-cluster.ts';

const streaming = (stream: (response: ServerResponse) => unknown): Promise<ApiServer> =>
  startApiServer({ respond: (_request, response) => void stream(response) });

const line = (type: string, name: string): string => `${JSON.stringify({ type, object: { metadata: { name } } })}\n`;

async function collect(events: AsyncIterable<WatchEvent<unknown>>): Promise<readonly WatchEvent<unknown>[]> {
  const collected: WatchEvent<unknown>[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

test('a watch yields events until the server ends it', async () => {
  await using server = await streaming((response) => response.end(line('ADDED', 'a') + line('DELETED', 'b')));
  await using cluster = await openTestCluster({ server });
  const events = await collect(
    cluster.watch({ path: '/api/v1/pods', resourceVersion: '7', query: { labelSelector: 'x' } }),
  );
  expect(events.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
  const query = new URL(server.requests[0]?.url ?? '', 'http://x').searchParams;
  expect(Object.fromEntries(query)).toMatchObject({
    watch: 'true',
    resourceVersion: '7',
    allowWatchBookmarks: 'true',
    labelSelector: 'x',
    timeoutSeconds: '290',
  });
});

test('a line may come in pieces, and an event with text of several bytes a character', async () => {
  const text = Buffer.from(line('ADDED', 'größe'));
  await using server = await streaming(async (response) => {
    for (const byte of text) {
      response.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    response.end('\n');
  });
  await using cluster = await openTestCluster({ server });
  const events = await collect(cluster.watch({ path: '/x', resourceVersion: '1' }));
  expect(events).toEqual([{ type: 'ADDED', object: { metadata: { name: 'größe' } } }]);
});

test('an ERROR event ends the watch with the error of its status', async () => {
  const status = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' };
  await using server = await streaming((response) => response.end(JSON.stringify({ type: 'ERROR', object: status })));
  await using cluster = await openTestCluster({ server });
  const error = { code: 'API_RESPONSE_INVALID' };
  await expect(collect(cluster.watch({ path: '/x', resourceVersion: '1' }))).rejects.toMatchObject(error);

  await using other = await streaming((response) =>
    response.end(`${JSON.stringify({ type: 'ERROR', object: status })}\n`),
  );
  await using second = await openTestCluster({ server: other });
  const tooOld = { code: 'API_ERROR', status: 410, reason: 'Expired' };
  await expect(collect(second.watch({ path: '/x', resourceVersion: '1' }))).rejects.toMatchObject(tooOld);
});

test('an answer with 410 is an ApiError with that status', async () => {
  await using server = await streaming((response) => response.writeHead(410).end());
  await using cluster = await openTestCluster({ server });
  await expect(collect(cluster.watch({ path: '/x', resourceVersion: '1' }))).rejects.toMatchObject({ status: 410 });
});

test.each(['no json', '[]', '{"type":"ADDED"}', '{"type":"NEWS","object":{}}', '{"type":"ERROR","object":{}}'])(
  'the line %s is no event',
  async (text) => {
    await using server = await streaming((response) => response.end(`${text}\n`));
    await using cluster = await openTestCluster({ server });
    await expect(collect(cluster.watch({ path: '/x', resourceVersion: '1' }))).rejects.toMatchObject({
      code: 'API_RESPONSE_INVALID',
    });
  },
);

test('a line of more than 16 MiB ends the watch', async () => {
  const block = Buffer.alloc(1024 * 1024, 'x');
  await using server = await streaming(async (response) => {
    response.on('error', () => undefined);
    for (let count = 0; count < 20 && !response.destroyed; count += 1) {
      if (!response.write(block)) await drained(response);
    }
  });
  await using cluster = await openTestCluster({ server });
  await expect(collect(cluster.watch({ path: '/x', resourceVersion: '1' }))).rejects.toThrow(
    'longer than 16777216 bytes',
  );
});

test('a watch that is cut fails', async () => {
  await using server = await streaming((response) => {
    response.write(line('ADDED', 'a'), () => response.socket?.destroy());
  });
  await using cluster = await openTestCluster({ server });
  await expect(collect(cluster.watch({ path: '/x', resourceVersion: '1' }))).rejects.toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
  });
});

test('an aborted watch rejects with the reason and leaves no socket', async () => {
  await using server = await streaming((response) => response.write(line('ADDED', 'a')));
  await using cluster = await openTestCluster({ server });
  const controller = new AbortController();
  const watch = cluster.watch({ path: '/x', resourceVersion: '1', signal: controller.signal })[Symbol.asyncIterator]();
  expect((await watch.next()).value).toMatchObject({ type: 'ADDED' });
  const gone = allClosed(server);
  const next = watch.next();
  controller.abort(new Error('enough'));
  await expect(next).rejects.toThrow('enough');
  await gone;
});

test('leaving the loop closes the connection', async () => {
  await using server = await streaming((response) => response.write(line('ADDED', 'a')));
  await using cluster = await openTestCluster({ server });
  let gone: Promise<unknown> | undefined;
  for await (const _event of cluster.watch({ path: '/x', resourceVersion: '1' })) {
    gone = allClosed(server);
    break;
  }
  await gone;
  expect(server.sockets.size).toBe(0);
});

test('a watch whose answer does not begin times out', async () => {
  await using server = await streaming(() => undefined);
  await using cluster = await openTestCluster({ server });
  await expect(collect(cluster.watch({ path: '/x', resourceVersion: '1', timeoutMs: 50 }))).rejects.toThrow(
    'no answer came within 0.05 s',
  );
});

function allClosed(server: ApiServer): Promise<unknown> {
  return Promise.all([...server.sockets].map((socket) => once(socket, 'close')));
}
