import { expect, test } from 'vitest';
import { fieldsOf } from '../../../src/cluster/fields.ts';
import { followList } from '../../../src/cluster/target/follow-list.ts';
import { type ObjectServer, startObjectServer } from '../../helpers/object-server.ts';
import { PODS, podObject } from '../../helpers/pod-object.ts';

interface Following extends AsyncDisposable {
  /** The names in the next snapshot. */
  next(): Promise<readonly string[]>;
}

function follow(server: ObjectServer): Following {
  const controller = new AbortController();
  const snapshots = followList({ cluster: server.cluster, path: PODS, signal: controller.signal });
  return {
    next: async () => {
      const { value } = await snapshots.next();
      return value.map((pod) => String(fieldsOf(fieldsOf(pod).metadata).name));
    },
    [Symbol.asyncDispose]: async () => {
      controller.abort();
      await snapshots.return(undefined as never);
    },
  };
}

test('the list comes first, then each change', async () => {
  await using server = await startObjectServer();
  server.put(PODS, podObject({ name: 'a' }));
  await using following = follow(server);
  expect(await following.next()).toEqual(['a']);
  const second = following.next();
  server.put(PODS, podObject({ name: 'b' }));
  expect(await second).toEqual(['a', 'b']);
  const third = following.next();
  server.remove(PODS, 'a');
  expect(await third).toEqual(['b']);
});

test('after a version that is too old the list is read again', async () => {
  await using server = await startObjectServer();
  await using following = follow(server);
  expect(await following.next()).toEqual([]);
  server.put(PODS, podObject({ name: 'a' }));
  server.put(PODS, podObject({ name: 'b' }));
  server.expireVersions();
  expect(await following.next()).toEqual(['a', 'b']);
  const lists = server.server.requests.filter(({ url }) => !url.includes('watch=true'));
  expect(lists).toHaveLength(2);
});

test('after a lost connection the list is read again', async () => {
  await using server = await startObjectServer();
  await using following = follow(server);
  await following.next();
  const next = following.next();
  await server.watched(PODS);
  for (const socket of server.server.sockets) socket.destroy();
  server.put(PODS, podObject({ name: 'a' }));
  expect(await next).toEqual(['a']);
});

test('what the role may not do ends it', async () => {
  await using server = await startObjectServer();
  server.deny('list', 'pods');
  await using following = follow(server);
  await expect(following.next()).rejects.toMatchObject({ code: 'FORBIDDEN', verb: 'list' });
});
