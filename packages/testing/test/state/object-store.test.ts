import { expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { builtInKind } from '../../src/state/built-in-kinds.ts';
import type { ObjectInput } from '../../src/state/kubernetes-object.ts';
import { ObjectStore } from '../../src/state/object-store.ts';
import { watchObjects } from '../../src/state/object-watch.ts';
import { ResourceKinds } from '../../src/state/resource-kinds.ts';

const SECRET = builtInKind('Secret');

function secret(name: string, labels: Record<string, string> = {}): ObjectInput {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default', labels } };
}

test('what goes in is copied and what comes out is frozen all the way down', () => {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  const labels = { app: 'web' };
  const added = store.add(secret('a', labels));
  labels.app = 'changed';
  expect(added.metadata.labels).toEqual({ app: 'web' });
  expect(Object.isFrozen(added.metadata.labels)).toBe(true);
});

test('a change keeps uid and creation time and raises the resource version', () => {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  const first = store.add(secret('a'));
  const second = store.replace(secret('a', { app: 'web' }));
  expect(second.metadata).toMatchObject({
    uid: first.metadata.uid,
    creationTimestamp: first.metadata.creationTimestamp,
  });
  expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(Number(first.metadata.resourceVersion));
});

test('a name is taken once per kind and namespace, and what is not there cannot change', () => {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  store.add(secret('a'));
  expect(() => store.add(secret('a'))).toThrow(
    expect.objectContaining({ code: 409, message: 'secrets "a" already exists' }),
  );
  expect(() => store.replace(secret('b'))).toThrow(
    expect.objectContaining({ code: 404, message: 'secrets "b" not found' }),
  );
  store.add({ ...secret('a'), metadata: { name: 'a', namespace: 'other' } });
  expect(store.list({ kind: SECRET })).toHaveLength(2);
  expect(store.list({ kind: SECRET, namespace: 'other' })).toHaveLength(1);
});

test('a watch tells the changes after a revision, then those that come', () => {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  const first = store.add(secret('a'));
  store.add(secret('b'));
  const told: string[] = [];
  const end = watchObjects({
    store,
    kind: SECRET,
    selects: () => true,
    after: Number(first.metadata.resourceVersion),
    onChange: ({ type, object }) => told.push(`${type} ${object.metadata.name}`),
  });
  store.replace({ ...secret('a'), type: 'changed' });
  store.remove({ kind: SECRET, namespace: 'default', name: 'b' });
  end();
  store.add(secret('c'));
  expect(told).toEqual(['ADDED b', 'MODIFIED a', 'DELETED b']);
});

test('an object that begins or ceases to match a selection is told as added or deleted, with its matching state', () => {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  const told: unknown[] = [];
  watchObjects({
    store,
    kind: SECRET,
    selects: ({ metadata }) => metadata.labels?.app === 'web',
    after: store.revision,
    onChange: ({ type, object }) => told.push([type, object.metadata.labels?.app, object.metadata.resourceVersion]),
  });
  store.add(secret('a', { app: 'db' }));
  store.replace(secret('a', { app: 'web' }));
  store.replace(secret('a', { app: 'cache' }));
  expect(told).toEqual([
    ['ADDED', 'web', String(store.revision - 1)],
    ['DELETED', 'web', String(store.revision)],
  ]);
});

test('a revision that the bounded history has forgotten is refused with 410', () => {
  const store = new ObjectStore({ historyLimit: 2, kinds: new ResourceKinds(), clock: new SystemClock() });
  const first = store.add(secret('a'));
  for (const name of ['b', 'c', 'd']) store.add(secret(name));
  expect(() => store.since(Number(first.metadata.resourceVersion))).toThrow(
    expect.objectContaining({ code: 410, reason: 'Expired' }),
  );
  expect(store.since(store.revision - 2).map(({ object }) => object.metadata.name)).toEqual(['c', 'd']);
});

test('a compacted history refuses every earlier revision but not the present one', () => {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  store.add(secret('a'));
  store.add(secret('b'));
  store.compact();
  expect(() => store.since(store.revision - 1)).toThrow(expect.objectContaining({ code: 410 }));
  expect(store.since(store.revision)).toEqual([]);
});

test('every listener hears of the first change before one that a listener made because of it', () => {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  const heard: string[] = [];
  store.subscribe(({ object }) => {
    if (object.metadata.name === 'cause') store.add(secret('effect'));
  });
  store.subscribe(({ object }) => heard.push(object.metadata.name));
  store.add(secret('cause'));
  expect(heard).toEqual(['cause', 'effect']);
});
