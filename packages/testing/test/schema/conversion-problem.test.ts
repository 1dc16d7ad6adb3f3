import { expect, test } from 'vitest';
import { conversionProblem } from '../../src/schema/conversion-problem.ts';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';

const schemas = await loadKubernetesSchemas();

function problemOf(kind: string, fields: object, apiVersion = 'v1'): string | undefined {
  return conversionProblem({ object: { apiVersion, kind, ...fields }, schemas });
}

// The words of a Kubernetes 1.34 for a strategic merge patch.
test('a scalar of another type cannot be converted, or is not even recognised', () => {
  const data = (a: unknown) => problemOf('ConfigMap', { data: { a } });
  expect(data(1)).toBe('cannot convert int64 to string');
  for (const value of [1.5, true, [], {}]) expect(data(value)).toBe('unrecognized type: string');
  expect(problemOf('ConfigMap', { immutable: 'x' })).toBe('unrecognized type: bool');
  expect(problemOf('ConfigMap', { metadata: { ownerReferences: [{ uid: 3 }] } })).toBe(
    'cannot convert int64 to types.UID',
  );
  const replicas = (value: unknown) => problemOf('Deployment', { spec: { replicas: value } }, 'apps/v1');
  expect(replicas(1.5)).toBe('cannot convert float64 to int32');
  expect(replicas('x')).toBe('unrecognized type: int32');
  expect(replicas(1)).toBeUndefined();
});

test('an object, list or map is not to be restored from anything else', () => {
  expect(problemOf('Pod', { spec: 3 })).toBe('cannot restore struct from: int64');
  expect(problemOf('Pod', { spec: { containers: 'x' } })).toBe('cannot restore slice from string');
  expect(problemOf('ConfigMap', { data: [1] })).toBe('cannot restore map from slice');
  expect(problemOf('ConfigMap', { binaryData: { a: 1 } })).toBe('cannot restore slice from int64');
});

test('what has code of its own is read as JSON', () => {
  const surge = (maxSurge: unknown) => ({ spec: { strategy: { rollingUpdate: { maxSurge } } } });
  expect(problemOf('Deployment', surge(true), 'apps/v1')).toBe(
    'json: cannot unmarshal bool into Go value of type int32',
  );
  expect(problemOf('Deployment', surge(1.5), 'apps/v1')).toBe(
    'json: cannot unmarshal number 1.5 into Go value of type int32',
  );
  expect(problemOf('ConfigMap', { metadata: { creationTimestamp: 3 } })).toBe(
    'json: cannot unmarshal number into Go value of type string',
  );
  expect(problemOf('ConfigMap', { binaryData: { a: '!' } })).toBe(
    'error decoding from json: illegal base64 data at input byte 0',
  );
});

test('the first problem is named, be a quantity after it', () => {
  const container = { env: [{ name: 1 }], resources: { requests: { cpu: 'many' } } };
  expect(problemOf('Pod', { spec: { containers: [container] } })).toBe('cannot convert int64 to string');
});
