import { expect, test } from 'vitest';
import { applyJsonPatch } from '../../src/patch/json-patch.ts';
import { deepFreeze } from './helpers/deep-freeze.ts';

const OBJECT = deepFreeze({ kind: 'ConfigMap', data: { a: '1', 'b/c': '2' }, list: [1, 2, 3] });

const BUILT_IN_COUNT = Object.getOwnPropertyNames(Object.prototype).length;

const patched = (...patch: readonly unknown[]) => applyJsonPatch({ object: OBJECT, patch });

test('applies the operations one after another and leaves the object as it was', () => {
  const result = patched(
    { op: 'test', path: '/data/a', value: '1' },
    { op: 'add', path: '/data/new', value: { deep: true } },
    { op: 'replace', path: '/data/b~1c', value: '3' },
    { op: 'copy', from: '/data/a', path: '/copy' },
    { op: 'move', from: '/data/a', path: '/moved' },
    { op: 'add', path: '/list/-', value: 4 },
    { op: 'remove', path: '/list/0' },
  );
  expect(result).toEqual({
    kind: 'ConfigMap',
    data: { 'b/c': '3', new: { deep: true } },
    list: [2, 3, 4],
    copy: '1',
    moved: '1',
  });
  expect(OBJECT.data).toEqual({ a: '1', 'b/c': '2' });
});

test('replaces a field that is not there, and takes it for null in a test', () => {
  expect(
    patched({ op: 'test', path: '/none', value: null }, { op: 'replace', path: '/data/z', value: '9' }),
  ).toMatchObject({
    data: { a: '1', z: '9' },
  });
});

test.each([
  { op: 'remove', path: '/data/none' },
  { op: 'test', path: '/data/a', value: '2' },
  { op: 'test', path: '/data/a' },
  { op: 'add', path: '/none/deep', value: 1 },
  { op: 'add', path: '/list/7', value: 1 },
  { op: 'add', path: '/list/01', value: 1 },
  { op: 'add', path: '', value: {} },
  { op: 'add', path: 'data', value: {} },
  { op: 'add' },
  { op: 'jump', path: '/data/a' },
  { op: 'move', from: '/data', path: '/data/inner' },
  { op: 'copy', path: '/data/x' },
])('refuses an operation that fails: %j', (operation) => {
  expect(() => patched(operation)).toThrow(
    expect.objectContaining({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    }),
  );
});

test('refuses what is no list of operations', () => {
  const apply = (patch: unknown) => () => applyJsonPatch({ object: OBJECT, patch });
  expect(apply({})).toThrow(
    'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
  );
  expect(apply([1])).toThrow(
    'error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp',
  );
});

test('refuses more than 10,000 operations', () => {
  const operation = { op: 'test', path: '/kind', value: 'ConfigMap' };
  const patchOf = (length: number) => () => patched(...Array.from({ length }, () => operation));
  expect(patchOf(10_001)).toThrow(
    expect.objectContaining({
      code: 413,
      message: 'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    }),
  );
  expect(patchOf(10_000)()).toEqual(OBJECT);
});

test('refuses copies that let the object grow without end', () => {
  const copyTo = (at: number) => ({ op: 'copy', from: '/data', path: `/data/${at % 2}` });
  expect(() => patched(...Array.from({ length: 60 }, (_, at) => copyTo(at)))).toThrow(
    expect.objectContaining({ code: 422 }),
  );
});

test('refuses locations and results that are more than 1000 levels deep', () => {
  const nested: unknown = JSON.parse(`${'{"a":'.repeat(900)}{}${'}'.repeat(900)}`);
  const inner = '/a'.repeat(900);
  const add = (path: string) => ({ op: 'add', path, value: nested });
  expect(() => patched(add('/a'), add(`/a${inner}/a`))).toThrow(expect.objectContaining({ code: 400 }));
  expect(() => patched(add('/a'), add(`/a${inner}${inner}/a`))).toThrow(expect.objectContaining({ code: 422 }));
});

test.each([
  '/__proto__/polluted',
  '/constructor/prototype/polluted',
  '/data/__proto__',
  '/data/toString/polluted',
  '/kind/toString/polluted',
  '/list/push/polluted',
])('does not follow prototypes: %s', (path) => {
  expect(() => patched({ op: 'add', path, value: true })).toThrow(expect.objectContaining({ code: 422 }));
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(BUILT_IN_COUNT);
  expect(Object.keys(Reflect.get(Object.prototype, 'toString') as object)).toEqual([]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('does not reach into a field named constructor', () => {
  const object = { constructor: { a: 1 } };
  expect(() => applyJsonPatch({ object, patch: [{ op: 'add', path: '/constructor/b', value: 2 }] })).toThrow(
    expect.objectContaining({ code: 422 }),
  );
});

test('a label may be named constructor', () => {
  const result = patched({ op: 'add', path: '/data/constructor', value: 'x' }, { op: 'remove', path: '/data/a' });
  expect(result.data).toEqual({ 'b/c': '2', constructor: 'x' });
});
