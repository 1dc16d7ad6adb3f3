import { expect, test } from 'vitest';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import { normalised } from '../../src/schema/normalised.ts';

const schemas = await loadKubernetesSchemas();

function normal(kind: string, fields: object, apiVersion = 'v1'): object {
  return normalised({ object: { apiVersion, kind, ...fields }, schemas });
}

test('null, unknown fields and what omitempty leaves out go', () => {
  const metadata = { name: 'x', labels: {}, annotations: { a: null }, finalizers: [], creationTimestamp: null };
  expect(normal('ConfigMap', { metadata, data: {}, binaryData: null, other: 1 })).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x', annotations: { a: '' } },
  });
});

test('a pointer keeps its zero, other fields do not', () => {
  expect(normal('ConfigMap', { metadata: {}, immutable: false })).toHaveProperty('immutable', false);
  const template = { metadata: {}, spec: { containers: [], terminationGracePeriodSeconds: 0, hostNetwork: false } };
  const deployment = normal('Deployment', { spec: { replicas: 0, minReadySeconds: 0, template } }, 'apps/v1');
  expect(deployment).toHaveProperty('spec.replicas', 0);
  expect(deployment).not.toHaveProperty('spec.minReadySeconds');
  expect(deployment).toHaveProperty('spec.template.spec', { containers: [], terminationGracePeriodSeconds: 0 });
});

test('structs that Go always writes are added, with what they always have', () => {
  const set = normal('ReplicaSet', { metadata: { name: 'x' }, spec: {} }, 'apps/v1');
  expect(set).toMatchObject({ status: { replicas: 0 } });
  const pod = normal('Pod', { metadata: { name: 'x' }, spec: { containers: [{ name: 'c', image: 'i' }] } });
  expect(pod).toMatchObject({ spec: { containers: [{ resources: {} }] }, status: {} });
});

test('quantities, times and base64 get their canonical form', () => {
  const resources = { limits: { cpu: '1000m', memory: '1024Mi' }, requests: { cpu: 0.5 } };
  expect(normal('Pod', { spec: { containers: [{ name: 'c', resources }] } })).toHaveProperty(
    'spec.containers.0.resources',
    { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } },
  );
  expect(normal('Secret', { data: { a: 'Y\nQ==', b: [1, 2] } })).toHaveProperty('data', { a: 'YQ==', b: 'AQI=' });
  expect(
    normal('Lease', { spec: { renewTime: '2020-01-01T00:00:00.000001+01:00' } }, 'coordination.k8s.io/v1'),
  ).toHaveProperty('spec.renewTime', '2019-12-31T23:00:00.000001Z');
});

test('null items are the zero of their type', () => {
  const container = { name: 'c', args: [null], resources: { requests: { cpu: null } } };
  expect(normal('Pod', { spec: { containers: [container] } })).toHaveProperty('spec.containers.0', {
    name: 'c',
    args: [''],
    resources: { requests: { cpu: '0' } },
  });
});

test('schemas in place of a list or a bool are normal, too', () => {
  const schema = { items: { type: 'string', format: null, maxLength: 0, enum: [] }, additionalProperties: true };
  const spec = { versions: [{ schema: { openAPIV3Schema: { not: schema } } }] };
  expect(normal('CustomResourceDefinition', { spec }, 'apiextensions.k8s.io/v1')).toHaveProperty(
    'spec.versions.0.schema.openAPIV3Schema.not',
    { items: { type: 'string', maxLength: 0 }, additionalProperties: true },
  );
});

test('what is normal is shared, and nothing is changed in place', () => {
  const container = Object.freeze({ name: 'c', resources: Object.freeze({}) });
  const spec = Object.freeze({ containers: Object.freeze([container]) });
  const pod = Object.freeze({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: Object.freeze({ name: 'x' }),
    spec,
    status: {},
  });
  expect(normalised({ object: pod, schemas })).toBe(pod);
  const changed = normalised({ object: { ...pod, metadata: Object.freeze({ name: 'x', labels: {} }) }, schemas });
  expect(changed).toEqual(pod);
  expect(changed.spec).toBe(spec);
});

test('a key __proto__ of a map stays a key', () => {
  const data = JSON.parse('{"__proto__": null, "a": "b"}') as object;
  const { data: kept } = normal('ConfigMap', { data }) as { data: object };
  expect(Object.entries(kept)).toEqual([
    ['__proto__', ''],
    ['a', 'b'],
  ]);
});

test('an object of another kind, and values of a wrong type, stay as they are', () => {
  const gadget = { apiVersion: 'example.com/v1', kind: 'Gadget', spec: { size: null } };
  expect(normalised({ object: gadget, schemas })).toBe(gadget);
  const wrong = { apiVersion: 'v1', kind: 'ConfigMap', metadata: 3, data: 'x' };
  expect(normalised({ object: wrong, schemas })).toBe(wrong);
});
