import { expect, test } from 'vitest';
import { objectTable } from '../../../src/api/tables/object-table.ts';
import { builtInKind } from '../../../src/state/built-in-kinds.ts';
import type { KubernetesObject } from '../../../src/state/kubernetes-object.ts';
import { cellsOf, NOW, rowOf } from './helpers/cells.ts';

test('a pod shows where it runs', () => {
  const spec = { containers: [{ name: 'a' }], nodeName: 'node-1' };
  expect(cellsOf('Pod', { spec, status: { phase: 'Running', podIP: '10.0.0.7' } })).toEqual([
    'web',
    '0/1',
    'Running',
    '0',
    '5m',
    '10.0.0.7',
    'node-1',
    '<none>',
    '<none>',
  ]);
});

test('a pod shows how many of its readiness gates are passed, and the node that is to be cleared for it', () => {
  const spec = { containers: [{ name: 'a' }], readinessGates: [{ conditionType: 'x/a' }, { conditionType: 'x/b' }] };
  const conditions = [
    { type: 'x/a', status: 'True' },
    { type: 'x/b', status: 'False' },
  ];
  const status = { phase: 'Running', nominatedNodeName: 'node-9', podIPs: [{ ip: '10.1.2.3' }], conditions };
  expect(cellsOf('Pod', { spec, status }).slice(5)).toEqual(['10.1.2.3', '<none>', 'node-9', '1/2']);
});

test.each(['Succeeded', 'Failed'])('the row of a pod in phase %s says that it has ended', (phase) => {
  expect(rowOf('Pod', { spec: { containers: [] }, status: { phase } }).conditions).toMatchObject([
    { type: 'Completed', status: 'True', reason: phase },
  ]);
});

test('the row of a running pod has no conditions', () => {
  expect(rowOf('Pod', { spec: { containers: [] }, status: { phase: 'Running' } })).not.toHaveProperty('conditions');
});

test('every pod of a table has a row of its own', () => {
  const pod = (phase: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: phase.toLowerCase(),
      uid: phase,
      resourceVersion: '1',
      creationTimestamp: '2026-03-01T11:55:00Z',
    },
    spec: { containers: [{ name: 'a' }] },
    status: { phase },
  });
  const objects = [pod('Pending'), pod('Running'), pod('Pending')];
  const table = objectTable({
    kind: builtInKind('Pod'),
    objects,
    resourceVersion: '1',
    includeObject: 'None',
    now: NOW,
  });
  expect(table.rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
    ['pending', '0/1', 'Pending'],
    ['running', '0/1', 'Running'],
    ['pending', '0/1', 'Pending'],
  ]);
});
