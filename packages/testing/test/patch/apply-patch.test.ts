import { beforeAll, expect, test } from 'vitest';
import { StatusError } from '../../src/errors/status-error.ts';
import { type ApplyPatch, applyPatch } from '../../src/patch/apply-patch.ts';
import type { JsonObject } from '../../src/patch/json-value.ts';
import { trackUpdate } from '../../src/patch/track-update.ts';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import type { Schemas } from '../../src/schema/type-schema.ts';
import { deepFreeze } from './helpers/deep-freeze.ts';

let schemas: Schemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

const NOW = '2026-01-01T00:00:00Z';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const deployment = (spec: object) =>
  deepFreeze({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec });
const podSpec = (spec: object) => deployment({ template: { spec } });
const configMap = (data: object, metadata: object = {}) =>
  deepFreeze({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', ...metadata }, data });

type Apply = Partial<ApplyPatch> & Pick<ApplyPatch, 'applied'>;

const apply = (patch: Apply): JsonObject =>
  applyPatch({ current: undefined, fieldManager: 'first', schemas, now: NOW, ...patch }).object;

const inTurn = (...patches: readonly Apply[]): JsonObject =>
  patches.reduce<JsonObject | undefined>((current, patch) => deepFreeze(apply({ current, ...patch })), undefined) ?? {};

const managersOf = (object: JsonObject) => (object.metadata as { managedFields?: readonly JsonObject[] }).managedFields;

test('creates an object whose fields belong to the manager', () => {
  const applied = podSpec({ containers: [{ name: 'a', ports: [{ containerPort: 80 }], command: ['x'] }] });
  const object = apply({ applied });
  expect(object).toMatchObject(applied);
  const container = {
    '.': {},
    'f:name': {},
    'f:command': {},
    'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
  };
  expect(managersOf(object)).toEqual([
    {
      manager: 'first',
      operation: 'Apply',
      apiVersion: 'apps/v1',
      time: NOW,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': container } } } } },
    },
  ]);
});

test('removes a field that the manager applied before and does not any more', () => {
  const object = inTurn({ applied: configMap({ a: '1', b: '2' }) }, { applied: configMap({ a: '1' }) });
  expect(object.data).toEqual({ a: '1' });
});

test('keeps such a field when another manager owns it', () => {
  const object = inTurn(
    { applied: configMap({ a: '1', b: '2' }) },
    { applied: configMap({ b: '2' }), fieldManager: 'second' },
    { applied: configMap({ a: '1' }) },
  );
  expect(object.data).toEqual({ a: '1', b: '2' });
});

test('managers share a field that both set to the same value', () => {
  const object = inTurn(
    { applied: deployment({ replicas: 1 }) },
    { applied: deployment({ replicas: 1 }), fieldManager: 'second' },
  );
  const fieldsV1 = { 'f:spec': { 'f:replicas': {} } };
  expect(managersOf(object)).toMatchObject([
    { manager: 'second', fieldsV1 },
    { manager: 'first', fieldsV1 },
  ]);
});

test('refuses to change what others own, field by field', () => {
  const created = { before: undefined, after: deployment({ replicas: 1, paused: true }), schemas, now: NOW };
  const current = trackUpdate({ ...created, fieldManager: 'kubectl-client-side-apply' });
  const conflictOf = (spec: object) => {
    try {
      apply({ current, applied: deployment(spec) });
    } catch (error) {
      if (error instanceof StatusError) return error.toStatus();
      throw error;
    }
    throw new Error('there was no conflict');
  };
  const who = '"kubectl-client-side-apply" using apps/v1';
  const cause = (field: string) => ({ reason: 'FieldManagerConflict', message: `conflict with ${who}`, field });
  expect(conflictOf({ replicas: 2 })).toMatchObject({
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with 1 conflict: conflict with ${who}: .spec.replicas`,
    details: { causes: [cause('.spec.replicas')] },
  });
  expect(conflictOf({ replicas: 2, paused: false })).toMatchObject({
    message: `Apply failed with 2 conflicts: conflicts with ${who}:\n- .spec.paused\n- .spec.replicas`,
    details: { causes: [cause('.spec.paused'), cause('.spec.replicas')] },
  });
});

test('names the managers that conflict in order', () => {
  const current = inTurn(
    { applied: configMap({ a: '1' }), fieldManager: 'zoe' },
    { applied: configMap({ b: '1' }), fieldManager: 'anna' },
  );
  expect(() => apply({ current, applied: configMap({ a: '2', b: '2' }) })).toThrow(
    'Apply failed with 2 conflicts: conflicts with "anna":\n- .data.b\nconflicts with "zoe":\n- .data.a',
  );
});

test('what is left of an object without its last field is nothing, but an updater goes on owning it', () => {
  const after = configMap({}, { labels: { a: '1' } });
  const created = trackUpdate({ before: undefined, after, fieldManager: 'creator', schemas, now: NOW });
  const taken = apply({ current: created, applied: configMap({}, { labels: { a: '2' } }), force: true });
  const object = apply({ current: taken, applied: configMap({}) });
  expect(object.metadata).not.toHaveProperty('labels');
  expect(managersOf(object)).toMatchObject([
    { manager: 'first', fieldsV1: { 'f:data': {} } },
    { manager: 'creator', fieldsV1: { 'f:metadata': { 'f:labels': {} } } },
  ]);
});

test('references in a list are owned as a whole, but one by one', () => {
  const object = apply({ applied: podSpec({ imagePullSecrets: [{ name: 's' }] }) });
  expect(managersOf(object)?.[0]?.fieldsV1).toEqual({
    'f:spec': { 'f:template': { 'f:spec': { 'f:imagePullSecrets': { 'k:{"name":"s"}': {} } } } },
  });
});

test('takes the fields of others by force', () => {
  const object = inTurn(
    { applied: deployment({ replicas: 1, paused: true }) },
    { applied: deployment({ replicas: 2 }), fieldManager: 'second', force: true },
  );
  expect(object.spec).toEqual({ replicas: 2, paused: true });
  expect(managersOf(object)).toMatchObject([
    { manager: 'first', fieldsV1: { 'f:spec': { 'f:paused': {} } } },
    { manager: 'second', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
  ]);
  expect(JSON.stringify(managersOf(object)?.[0])).not.toContain('replicas');
});

test('an atomic list is one field', () => {
  const tolerations = (...keys: readonly string[]) => podSpec({ tolerations: keys.map((key) => ({ key })) });
  const current = apply({ applied: tolerations('x') });
  expect(() => apply({ current, applied: tolerations('x', 'y'), fieldManager: 'second' })).toThrow(
    'Apply failed with 1 conflict: conflict with "first": .spec.template.spec.tolerations',
  );
});

test('items of lists belong to the managers one by one, in the order of the last apply', () => {
  const containers = (...names: readonly string[]) =>
    podSpec({ containers: names.map((name) => ({ name, image: 'i' })) });
  const object = inTurn(
    { applied: containers('a', 'b') },
    { applied: containers('c', 'a'), fieldManager: 'second' },
    { applied: containers('b') },
  );
  expect(object).toMatchObject(containers('c', 'a', 'b'));
});

test('items of live and applied lists are merged into the order of the applied one', () => {
  const containers = (...names: readonly string[]) =>
    podSpec({ containers: names.map((name) => ({ name, image: 'i' })) });
  const current = apply({ applied: containers('a', 'b', 'c', 'd') });
  const second = { current, fieldManager: 'second' };
  expect(apply({ ...second, applied: containers('d', 'a') })).toMatchObject(containers('b', 'c', 'd', 'a'));
  expect(apply({ ...second, applied: containers('c', 'new', 'b') })).toMatchObject(
    containers('a', 'c', 'd', 'new', 'b'),
  );
});

test('fields that nobody owns stay with an item that another manager keeps, and go with a field that nobody keeps', () => {
  const probe = { tcpSocket: { port: 80 } };
  const first = apply({
    applied: podSpec({ containers: [{ name: 'a', image: 'i', livenessProbe: probe }, { name: 'b' }] }),
  });
  const defaulted = JSON.parse(
    JSON.stringify(first)
      .replace('"image":"i"', '"image":"i","imagePullPolicy":"Always"')
      .replace('{"tcpSocket"', '{"periodSeconds":10,"tcpSocket"'),
  ) as JsonObject;
  const shared = apply({
    current: defaulted,
    applied: podSpec({ containers: [{ name: 'a' }] }),
    fieldManager: 'second',
  });
  const object = apply({ current: shared, applied: podSpec({ containers: [{ name: 'b' }] }) });
  expect(object.spec).toEqual({
    template: { spec: { containers: [{ name: 'a', imagePullPolicy: 'Always' }, { name: 'b' }] } },
  });
});

test('finalizers are a set', () => {
  const finalizers = (...all: readonly string[]) => configMap({}, { finalizers: all });
  const object = inTurn(
    { applied: finalizers('x/a', 'x/b') },
    { applied: finalizers('x/c'), fieldManager: 'second' },
    { applied: finalizers('x/b') },
  );
  expect((object.metadata as JsonObject).finalizers).toEqual(['x/b', 'x/c']);
  expect(managersOf(object)).toMatchObject([
    { fieldsV1: { 'f:metadata': { 'f:finalizers': { 'v:"x/b"': {} } } } },
    { fieldsV1: { 'f:metadata': { 'f:finalizers': { 'v:"x/c"': {} } } } },
  ]);
});

test('an apply that changes nothing leaves the time', () => {
  const current = apply({ applied: configMap({ a: '1' }) });
  expect(apply({ current, applied: configMap({ a: '1' }), now: '2027-01-01T00:00:00Z' })).toEqual(current);
});

test('an object that nobody manages belongs to before-first-apply', () => {
  const current = configMap({ a: '1', b: '2' });
  expect(() => apply({ current, applied: configMap({ a: '2' }) })).toThrow(
    'Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.a',
  );
});

test('a custom resource has granular objects and atomic lists', () => {
  const widget = (spec: object) =>
    deepFreeze({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' }, spec });
  const current = apply({ applied: widget({ deep: { a: 1 }, list: [1] }) });
  expect(apply({ current, applied: widget({ deep: { b: 2 } }), fieldManager: 'second' })).toMatchObject(
    widget({ deep: { a: 1, b: 2 }, list: [1] }),
  );
  expect(() => apply({ current, applied: widget({ list: [1, 2] }), fieldManager: 'second' })).toThrow('.spec.list');
});

test('the status is left alone', () => {
  const current = deepFreeze({ ...deployment({ replicas: 1 }), status: { replicas: 1 } });
  const object = apply({ current, applied: { ...deployment({ paused: true }), status: { replicas: 5 } } });
  expect(object.status).toEqual({ replicas: 1 });
  expect(managersOf(object)?.find(({ manager }) => manager === 'first')?.fieldsV1).toEqual({
    'f:spec': { 'f:paused': {} },
  });
});

test('kubectl may change what it applied on the client before, and keeps the annotation up to date', () => {
  const lastApplied = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"web"},"data":{"a":"1","c":"0"}}';
  const after = configMap({ a: '1', b: '2', c: '9' }, { annotations: { [LAST_APPLIED]: lastApplied } });
  const current = trackUpdate({
    before: undefined,
    after,
    fieldManager: 'kubectl-client-side-apply',
    schemas,
    now: NOW,
  });
  const object = apply({ current, applied: configMap({ a: '2' }), fieldManager: 'kubectl' });
  expect(object.data).toEqual({ a: '2', b: '2', c: '9' });
  expect((object.metadata as { annotations: JsonObject }).annotations[LAST_APPLIED]).toBe(
    '{"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"name":"web"}}\n',
  );
  expect(() => apply({ current, applied: configMap({ a: '2' }), fieldManager: 'other' })).toThrow('.data.a');
  expect(() => apply({ current, applied: configMap({ b: '3' }), fieldManager: 'kubectl' })).toThrow('.data.b');
  expect(() => apply({ current, applied: configMap({ c: '8' }), fieldManager: 'kubectl' })).toThrow('.data.c');
});

test('takes __proto__ for a field as any other', () => {
  const data = JSON.parse('{"__proto__": "x", "constructor": "y"}') as object;
  const object = inTurn({ applied: configMap(data) }, { applied: configMap({ z: '1' }), fieldManager: 'second' });
  expect(JSON.stringify(object.data)).toBe('{"__proto__":"x","constructor":"y","z":"1"}');
});

test.each([
  [
    { fieldManager: '' },
    422,
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  ],
  [{ applied: { kind: 'ConfigMap' } }, 400, 'invalid object type: /, Kind=ConfigMap'],
  [{ applied: { apiVersion: 'v1', kind: 'Pod' } }, 400, 'invalid object type: /v1, Kind=Pod'],
  [{ applied: configMap({}, { managedFields: [{}] }) }, 400, 'metadata.managedFields must be nil'],
  [
    { applied: { ...configMap({}), nope: 1 } },
    500,
    'failed to create typed patch object (/web; /v1, Kind=ConfigMap): .nope: field not declared in schema',
  ],
  [
    { applied: configMap({}, { finalizers: ['x/a', 'x/a'] }) },
    500,
    'failed to create typed patch object (/web; /v1, Kind=ConfigMap): .metadata.finalizers: duplicate entries for key [="x/a"]',
  ],
])('refuses %j', (patch, code, message) => {
  const current = configMap({ a: '1' });
  expect(() => apply({ current, applied: configMap({}), ...patch })).toThrow(
    expect.objectContaining({ code, message }),
  );
});
