import { expect, test } from 'vitest';
import { objectTable } from '../../../src/api/tables/object-table.ts';
import { builtInKind } from '../../../src/state/built-in-kinds.ts';
import type { KubernetesObject } from '../../../src/state/kubernetes-object.ts';

const OBJECT: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web', uid: 'u', resourceVersion: '7', creationTimestamp: '2026-03-01T11:00:00Z' },
  data: { a: '1' },
};
const options = {
  kind: builtInKind('ConfigMap'),
  objects: [OBJECT],
  resourceVersion: '9',
  now: Date.parse('2026-03-01T12:00:00Z'),
};

test('a table has its columns, and rows with the metadata of the objects', () => {
  expect(objectTable({ ...options, includeObject: 'Metadata' })).toEqual({
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: '9' },
    columnDefinitions: [
      { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 },
      { name: 'Data', type: 'string', format: '', description: '', priority: 0 },
      { name: 'Age', type: 'string', format: '', description: '', priority: 0 },
    ],
    rows: [
      {
        cells: ['web', 1, '60m'],
        object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: OBJECT.metadata },
      },
    ],
  });
});

test('rows bring the whole object or none, as asked', () => {
  expect(objectTable({ ...options, includeObject: 'Object' }).rows[0]?.object).toBe(OBJECT);
  expect(objectTable({ ...options, includeObject: 'None' }).rows).toEqual([{ cells: ['web', 1, '60m'] }]);
});

test('a later table of a watch repeats no columns', () => {
  expect(objectTable({ ...options, includeObject: 'None', columns: false }).columnDefinitions).toBeNull();
});
