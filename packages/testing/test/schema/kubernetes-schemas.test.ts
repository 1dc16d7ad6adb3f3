import { expect, test } from 'vitest';
import { KubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import { isSingleValue } from '../../src/schema/single-value-types.ts';
import { loadTypeTable } from '../../src/schema/type-table.ts';

const table = await loadTypeTable();
const schemas = new KubernetesSchemas(table);

/** The type behind a path of fields, from a kind on. */
function typeAt(kind: { apiVersion: string; kind: string }, path: string): string | undefined {
  let [type, last] = [schemas.ofKind(kind), ''];
  for (const name of path.split('.')) {
    last = type?.field(name)?.type ?? 'none';
    type = schemas.ofType(last);
  }
  return last;
}

test('fields lead from a kind to scalars', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
  expect(typeAt(deployment, 'apiVersion')).toBe('string');
  expect(typeAt(deployment, 'spec.replicas')).toBe('int32');
  expect(typeAt(deployment, 'metadata.ownerReferences.uid')).toBe('string');
  expect(typeAt(deployment, 'spec.template.spec.containers.ports.containerPort')).toBe('int32');
  expect(typeAt(deployment, 'spec.strategy.rollingUpdate.maxSurge')).toBe('intstr.IntOrString');
  expect(typeAt(deployment, 'spec.nope')).toBe('none');
});

test('fields of embedded types stand among those of the type that embeds them', () => {
  const embedded: readonly (readonly [type: string, field: string, embeddedAs: string])[] = [
    ['core.v1.Volume', 'hostPath', 'volumeSource'],
    ['core.v1.PersistentVolumeSpec', 'nfs', 'persistentVolumeSource'],
    ['core.v1.Probe', 'httpGet', 'handler'],
    ['core.v1.EphemeralContainer', 'image', 'ephemeralContainerCommon'],
    ['core.v1.ConfigMapKeySelector', 'name', 'localObjectReference'],
    ['core.v1.SecretKeySelector', 'name', 'localObjectReference'],
    ['core.v1.ConfigMapEnvSource', 'name', 'localObjectReference'],
    ['core.v1.SecretEnvSource', 'name', 'localObjectReference'],
    ['core.v1.ConfigMapProjection', 'name', 'localObjectReference'],
    ['core.v1.SecretProjection', 'name', 'localObjectReference'],
    ['core.v1.ConfigMapVolumeSource', 'name', 'localObjectReference'],
    ['networking.v1.IngressRule', 'http', 'ingressRuleValue'],
    ['admissionregistration.v1.RuleWithOperations', 'apiGroups', 'rule'],
    ['admissionregistration.v1.NamedRuleWithOperations', 'operations', 'ruleWithOperations'],
    ['core.v1.Pod', 'kind', 'typeMeta'],
  ];
  for (const [type, field, embeddedAs] of embedded) {
    expect(schemas.ofType(type)?.field(field), `${type}.${field}`).toBeDefined();
    expect(schemas.ofType(type)?.field(embeddedAs), `${type}.${embeddedAs}`).toBeUndefined();
  }
});

test('a list says how patches merge it', () => {
  expect(schemas.ofType('core.v1.PodSpec')?.field('containers')).toEqual({
    name: 'containers',
    type: 'core.v1.Container',
    shape: 'list',
    goType: '[]v1.Container',
    isAlways: true,
    patchStrategy: ['merge'],
    patchMergeKey: 'name',
    listType: 'map',
    listMapKeys: ['name'],
  });
  expect(schemas.ofType('core.v1.PodSpec')?.field('volumes')?.patchStrategy).toEqual(['merge', 'retainKeys']);
  expect(schemas.ofType('core.v1.Container')?.field('ports')).toMatchObject({
    patchMergeKey: 'containerPort',
    listMapKeys: ['containerPort', 'protocol'],
  });
  expect(schemas.ofType('meta.v1.ObjectMeta')?.field('finalizers')).toMatchObject({
    patchStrategy: ['merge'],
    listType: 'set',
  });
  expect(schemas.ofType('core.v1.Container')?.field('args')).toEqual({
    name: 'args',
    type: 'string',
    shape: 'list',
    goType: '[]string',
    listType: 'atomic',
  });
});

test('a field is atomic by its own marker, or by that of its type, or not at all', () => {
  expect(schemas.ofType('core.v1.PodSpec')?.field('nodeSelector')).toMatchObject({ shape: 'map', mapType: 'atomic' });
  expect(schemas.ofType('apps.v1.DeploymentSpec')?.field('selector')?.mapType).toBe('atomic');
  expect(schemas.ofType('core.v1.PersistentVolumeSpec')?.field('claimRef')?.mapType).toBeUndefined();
});

test('a kind is known by its whole apiVersion', () => {
  expect(schemas.ofKind({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' })?.name).toBe('networking.v1.Ingress');
  expect(schemas.ofKind({ apiVersion: 'autoscaling/v1', kind: 'Scale' })?.name).toBe('autoscaling.v1.Scale');
  expect(schemas.ofKind({ apiVersion: 'autoscaling/v2', kind: 'Scale' })).toBeUndefined();
  expect(schemas.ofKind({ apiVersion: 'networking/v1', kind: 'Ingress' })).toBeUndefined();
});

test('what is no kind of its own is not found by kind', () => {
  expect(schemas.ofKind({ apiVersion: 'v1', kind: 'Container' })).toBeUndefined();
  expect(schemas.ofKind({ apiVersion: '__proto__', kind: 'constructor' })).toBeUndefined();
  expect(schemas.ofType('constructor')).toBeUndefined();
});

test('options are known in every group, a status in v1 alone', () => {
  expect(schemas.ofKind({ apiVersion: 'apps/v1', kind: 'DeleteOptions' })?.name).toBe('meta.v1.DeleteOptions');
  expect(schemas.ofKind({ apiVersion: 'example.com/v1', kind: 'DeleteOptions' })?.name).toBe('meta.v1.DeleteOptions');
  expect(schemas.ofKind({ apiVersion: 'v1', kind: 'Status' })?.name).toBe('meta.v1.Status');
  expect(schemas.ofKind({ apiVersion: 'apps/v1', kind: 'Status' })).toBeUndefined();
});

test('types that JSON writes as one value are scalars', () => {
  for (const name of ['meta.v1.Time', 'resource.Quantity', 'intstr.IntOrString', 'runtime.RawExtension']) {
    expect(schemas.ofType(name), name).toBeUndefined();
  }
});

test('every field of the table is of a known type', () => {
  const scalars = new Set(['string', 'int32', 'int64', 'bool', 'bytes', 'double']);
  const unknown = table.names.flatMap((name) =>
    (table.fieldsOf(name) ?? [])
      .filter(({ type }) => !scalars.has(type) && !isSingleValue(type) && schemas.ofType(type) === undefined)
      .map((field) => `${name}.${field.name}: ${field.type}`),
  );
  expect(unknown).toEqual([]);
  expect(table.names.length).toBeGreaterThan(500);
});
