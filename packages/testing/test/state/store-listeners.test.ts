import { expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { ObjectStore } from '../../src/state/object-store.ts';
import { ResourceKinds } from '../../src/state/resource-kinds.ts';

function emptyStore(): ObjectStore {
  return new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
}

function namespace(name: string) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

test('a listener that throws does not keep others from hearing, and its error comes out', () => {
  const store = emptyStore();
  const heard: string[] = [];
  const leave = store.subscribe(() => {
    throw new Error('broken');
  });
  store.subscribe(({ object }) => heard.push(object.metadata.name));
  store.onSettled(() => heard.push('settled'));
  expect(() => store.add(namespace('a'))).toThrow('broken');
  leave();
  store.add(namespace('b'));
  expect(heard).toEqual(['a', 'settled', 'b', 'settled']);
});

test('controllers that answer each other without end are stopped, and the store works on', () => {
  const store = emptyStore();
  let count = 0;
  const leave = store.onSettled(() => {
    count += 1;
    store.add(namespace(`more-${count}`));
  });
  expect(() => store.add(namespace('a'))).toThrow('without end');
  leave();
  const before = count;
  store.add(namespace('b'));
  expect(count).toBe(before);
});

test('many changes in a batch are told when all are made', () => {
  const store = emptyStore();
  const heard: string[] = [];
  store.subscribe(({ object }) => heard.push(object.metadata.name));
  store.onSettled(() => heard.push('settled'));
  store.batch(() => {
    store.add(namespace('a'));
    store.batch(() => store.add(namespace('b')));
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual(['a', 'b', 'settled']);
});
