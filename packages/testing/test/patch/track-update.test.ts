import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/patch/json-value.ts';
import { type TrackedUpdate, trackUpdate } from '../../src/patch/track-update.ts';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import type { Schemas } from '../../src/schema/type-schema.ts';
import { deepFreeze } from './helpers/deep-freeze.ts';

let schemas: Schemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

const configMap = (data: object, metadata: object = {}) =>
  deepFreeze({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'subject', ...metadata }, data });

type Update = Partial<TrackedUpdate> & Pick<TrackedUpdate, 'before' | 'after'>;

const tracked = (update: Update): JsonObject =>
  trackUpdate({ fieldManager: 'me', schemas, now: '2026-01-01T00:00:00Z', ...update });

const managersOf = (object: JsonObject) => (object.metadata as { managedFields?: readonly JsonObject[] }).managedFields;

test('what a create sets belongs to its manager', () => {
  const object = tracked({ before: undefined, after: configMap({ a: '1' }, { uid: 'u', labels: { x: 'y' } }) });
  expect(managersOf(object)).toEqual([
    {
      manager: 'me',
      operation: 'Update',
      apiVersion: 'v1',
      time: '2026-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { '.': {}, 'f:a': {} }, 'f:metadata': { 'f:labels': { '.': {}, 'f:x': {} } } },
    },
  ]);
  expect(object).toMatchObject(configMap({ a: '1' }));
});

test('nobody owns the objects that Go always has, but a new item is owned with all that it always has', () => {
  const containers = [{ name: 'a', image: 'i' }];
  const after = deepFreeze({
    apiVersion: 'v1',
    kind: 'PodTemplate',
    metadata: { name: 'subject' },
    template: { metadata: { labels: { x: 'y' } }, spec: { containers, securityContext: {} } },
  });
  expect(managersOf(tracked({ before: undefined, after }))?.[0]?.fieldsV1).toEqual({
    'f:template': {
      'f:metadata': { 'f:labels': { '.': {}, 'f:x': {} } },
      'f:spec': {
        'f:containers': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:image': {}, 'f:resources': {} } },
        'f:securityContext': {},
      },
    },
  });
});

test('what an update changes moves to its manager, and what it removes belongs to nobody', () => {
  const before = tracked({ before: undefined, after: configMap({ a: '1', b: '2', c: '3' }) });
  const after = configMap({ a: '1', b: '9' });
  const managers = managersOf(tracked({ before, after, fieldManager: 'other', now: '2026-01-02T00:00:00Z' }));
  expect(managers).toMatchObject([
    { manager: 'me', time: '2026-01-01T00:00:00Z', fieldsV1: { 'f:data': { '.': {}, 'f:a': {} } } },
    { manager: 'other', time: '2026-01-02T00:00:00Z', fieldsV1: { 'f:data': { 'f:b': {} } } },
  ]);
  expect(JSON.stringify(managers)).not.toContain('f:c');
});

test('a write that changes nothing leaves the managers as they are', () => {
  const before = tracked({ before: undefined, after: configMap({ a: '1' }) });
  expect(tracked({ before, after: before, fieldManager: 'other', now: '2027-01-01T00:00:00Z' })).toEqual(before);
});

test('an object that nobody manages stays so', () => {
  expect(managersOf(tracked({ before: configMap({ a: '1' }), after: configMap({ a: '2' }) }))).toBeUndefined();
});

test('a client can reset the managers', () => {
  const before = tracked({ before: undefined, after: configMap({ a: '1' }) });
  for (const managedFields of [[], [{}]]) {
    expect(managersOf(tracked({ before, after: configMap({ a: '1' }, { managedFields }) }))).toBeUndefined();
  }
});

test('managed fields of a client that cannot be read are forgotten', () => {
  const before = tracked({ before: undefined, after: configMap({ a: '1' }) });
  const managedFields = [
    { manager: 'x', operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: { 'k:{': {} } },
  ];
  expect(managersOf(tracked({ before, after: configMap({ a: '1' }, { managedFields }) }))).toEqual(managersOf(before));
});

test('a write to the object owns nothing of the status, a write to the status nothing of the spec', () => {
  const pod = (phase: string, nodeName: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'subject' },
    spec: { containers: [], nodeName },
    status: { phase },
  });
  const before = tracked({ before: undefined, after: pod('Pending', 'one') });
  const after = { ...pod('Running', 'two'), metadata: before.metadata };
  const written = tracked({ before, after, fieldManager: 'kubelet', subresource: 'status' });
  expect(managersOf(written)).toMatchObject([
    { manager: 'kubelet', subresource: 'status', fieldsV1: { 'f:status': { 'f:phase': {} } } },
    { manager: 'me', fieldsV1: { 'f:spec': { 'f:nodeName': {} } } },
  ]);
  expect(JSON.stringify(managersOf(before))).not.toContain('f:status');
});

test('the oldest of more than ten managers are merged', () => {
  let object: JsonObject = tracked({ before: undefined, after: configMap({ m: '0' }), fieldManager: 'm00' });
  for (let at = 1; at <= 12; at += 1) {
    const data = { ...(object.data as object), [`k${at}`]: 'v' };
    const now = `2026-02-${String(at).padStart(2, '0')}T00:00:00Z`;
    object = tracked({
      before: object,
      after: { ...object, data },
      fieldManager: `m${String(at).padStart(2, '0')}`,
      now,
    });
  }
  expect(managersOf(object)?.map(({ manager }) => manager)).toEqual([
    'ancient-changes',
    ...['m04', 'm05', 'm06', 'm07', 'm08', 'm09', 'm10', 'm11', 'm12'],
  ]);
  expect(managersOf(object)?.[0]).toMatchObject({
    fieldsV1: { 'f:data': { 'f:m': {}, 'f:k1': {}, 'f:k2': {}, 'f:k3': {} } },
  });
});
