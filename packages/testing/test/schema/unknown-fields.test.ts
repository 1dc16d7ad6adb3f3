import { expect, test } from 'vitest';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import { unknownFields } from '../../src/schema/unknown-fields.ts';

const schemas = await loadKubernetesSchemas();

function fieldsOf(object: { apiVersion: string; kind: string; [field: string]: unknown }): readonly string[] {
  return unknownFields({ object, schemas });
}

// The expectations of this test are the answers of a Kubernetes 1.34 to the same objects.
test('fields that the type lacks are named with their path, in the order of the object', () => {
  const containers = [{ name: 'c', foo: 1, resources: { limits: { zz: '1' }, bad: {} } }];
  const volumes = [{ name: 'v', emptyDir: { x: 1 }, 'bad.key': 1, '': 2 }];
  const template = { metadata: { labels: { a: 'b' } }, spec: { containers, volumes } };
  const spec = { foo: 1, selector: { matchLabels: { a: 'b' } }, template };
  const metadata = { name: 'x', foo: 1 };
  expect(fieldsOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec, spec2: 2 })).toEqual([
    'metadata.foo',
    'spec.foo',
    'spec.template.spec.containers[0].foo',
    'spec.template.spec.containers[0].resources.bad',
    'spec.template.spec.volumes[0].emptyDir.x',
    'spec.template.spec.volumes[0].bad.key',
    'spec.template.spec.volumes[0].',
    'spec2',
  ]);
});

test('maps of objects are searched; schemas behind "items" and "additionalProperties" are not, as in the real server', () => {
  const a = { type: 'array', bad2: 1, items: { type: 'string', bad3: 1 } };
  const openAPIV3Schema = { bad: 1, properties: { a }, additionalProperties: { bad4: 1 } };
  const spec = { versions: [{ schema: { openAPIV3Schema } }] };
  expect(fieldsOf({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec })).toEqual([
    'spec.versions[0].schema.openAPIV3Schema.bad',
    'spec.versions[0].schema.openAPIV3Schema.properties.a.bad2',
  ]);
});

test('free JSON, labels and data take any key, and names count by case', () => {
  const metadata = { labels: { any: 'a' }, managedFields: [{ fieldsV1: { 'f:x': {} }, y: 2 }] };
  const revision = { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, data: { any: 1 } };
  expect(fieldsOf(revision)).toEqual(['metadata.managedFields[0].y']);
  expect(fieldsOf({ apiVersion: 'v1', kind: 'Service', spec: { Selector: {} } })).toEqual(['spec.Selector']);
});

test('null items and values of a wrong type are passed over', () => {
  const containers = [null, 'text', { q: 1 }];
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: 3, spec: { containers, volumes: { x: 1 }, nodeSelector: [] } };
  expect(fieldsOf(pod)).toEqual(['spec.containers[2].q']);
});

test('names that objects inherit are unknown fields like any other', () => {
  const fields = JSON.parse('{"__proto__":1,"constructor":1,"data":{"__proto__":"a"}}') as object;
  const object = Object.fromEntries([['apiVersion', 'v1'], ['kind', 'ConfigMap'], ...Object.entries(fields)]);
  expect(fieldsOf(object as { apiVersion: string; kind: string })).toEqual(['__proto__', 'constructor']);
});

test('a kind that is not built in has no unknown fields', () => {
  expect(fieldsOf({ apiVersion: 'example.com/v1', kind: 'Deployment', foo: 1 })).toEqual([]);
});

test('a hundred fields are named and no more', () => {
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`z${index}`, index]));
  const fields = fieldsOf({ apiVersion: 'v1', kind: 'ConfigMap', ...many });
  expect([fields.length, fields.at(-1)]).toEqual([100, 'z99']);
});

test('a long key in many paths does not multiply', () => {
  const bad = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`z${index}`, index]));
  const properties = { ['k'.repeat(100_000)]: bad };
  const spec = { versions: [{ schema: { openAPIV3Schema: { properties } } }] };
  const fields = fieldsOf({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec });
  expect(fields).toHaveLength(1);
});

test('an object nested too deep is refused', () => {
  const text = `${'{"not":'.repeat(5000)}{}${'}'.repeat(5000)}`;
  const spec = { versions: [{ schema: { openAPIV3Schema: JSON.parse(text) as unknown } }] };
  const object = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec };
  expect(() => fieldsOf(object)).toThrow(expect.objectContaining({ code: 400, message: 'json: exceeded max depth' }));
});
