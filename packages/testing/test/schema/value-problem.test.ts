import { expect, test } from 'vitest';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import { valueProblem } from '../../src/schema/value-problem.ts';

const schemas = await loadKubernetesSchemas();

function problemOf(kind: string, fields: object, apiVersion = 'v1'): string | undefined {
  return valueProblem({ object: { apiVersion, kind, ...fields }, schemas });
}

const inField = (field: string) => `json: cannot unmarshal ${field}`;

// The words of a Kubernetes 1.34.
test('a value of another type is named with the type around it and its path', () => {
  expect(problemOf('ConfigMap', { data: { a: 1 } })).toBe(
    inField('number into Go struct field ConfigMap.data of type string'),
  );
  expect(problemOf('ConfigMap', { data: [] })).toBe(
    inField('array into Go struct field ConfigMap.data of type map[string]string'),
  );
  expect(problemOf('ConfigMap', { metadata: { ownerReferences: [{ uid: 3 }] } })).toBe(
    inField('number into Go struct field OwnerReference.metadata.ownerReferences.uid of type types.UID'),
  );
  expect(problemOf('Pod', { spec: { containers: [{ resources: { requests: [] } }] } })).toBe(
    inField(
      'array into Go struct field ResourceRequirements.spec.containers.resources.requests of type v1.ResourceList',
    ),
  );
});

test('an integer that is none, or too large, is named with its digits', () => {
  const port = 'Go struct field ContainerPort.spec.containers.ports.containerPort of type int32';
  const pod = (containerPort: unknown) => ({ spec: { containers: [{ ports: [{ containerPort }] }] } });
  expect(problemOf('Pod', pod(1.5))).toBe(inField(`number 1.5 into ${port}`));
  expect(problemOf('Pod', pod(3e9))).toBe(inField(`number 3000000000 into ${port}`));
  expect(problemOf('Pod', pod('80'))).toBe(inField(`string into ${port}`));
  expect(problemOf('Pod', pod(80))).toBeUndefined();
});

test('an integer or text may be either, and nothing else', () => {
  const service = (targetPort: unknown) => ({ spec: { ports: [{ targetPort }] } });
  expect(problemOf('Service', service('http'))).toBeUndefined();
  expect(problemOf('Service', service(80))).toBeUndefined();
  expect(problemOf('Service', service(true))).toBe(
    inField('bool into Go struct field ServicePort.spec.ports.targetPort of type int32'),
  );
});

test('of several values the first is named, but a quantity that is none comes before all', () => {
  expect(problemOf('ConfigMap', { data: { a: 1 }, immutable: 'x' })).toContain('ConfigMap.data');
  const container = { env: [{ name: 1 }], resources: { requests: { cpu: 'many' } } };
  expect(problemOf('Pod', { spec: { containers: [container] } })).toContain('quantities must match');
});

test('null is no value, and unknown fields and kinds are passed over', () => {
  expect(problemOf('ConfigMap', { data: null, metadata: { labels: { a: null } }, other: 1 })).toBeUndefined();
  expect(problemOf('Gadget', { spec: { size: 'big' } }, 'example.com/v1')).toBeUndefined();
});

test('free JSON is anything, and a schema in place of a list or a bool is searched', () => {
  const crd = (openAPIV3Schema: unknown) =>
    problemOf(
      'CustomResourceDefinition',
      { spec: { versions: [{ schema: { openAPIV3Schema } }] } },
      'apiextensions.k8s.io/v1',
    );
  expect(crd({ default: { a: [1] }, items: { type: 'string' }, additionalProperties: true })).toBeUndefined();
  expect(crd({ additionalProperties: 3 })).toBe('boolean or JSON schema expected');
  expect(crd({ properties: { a: { items: { type: 1 } } } })).toMatch(
    /^json: cannot unmarshal number into Go struct field/,
  );
});

test('an object nested too deep is refused', () => {
  let schema: object = {};
  for (let depth = 0; depth < 1001; depth += 1) schema = { not: schema };
  const spec = { versions: [{ schema: { openAPIV3Schema: schema } }] };
  expect(() => problemOf('CustomResourceDefinition', { spec }, 'apiextensions.k8s.io/v1')).toThrow(
    'json: exceeded max depth',
  );
});
