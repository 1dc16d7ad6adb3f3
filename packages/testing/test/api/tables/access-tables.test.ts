import { expect, test } from 'vitest';
import { cellsOf } from './helpers/cells.ts';

test.each(['RoleBinding', 'ClusterRoleBinding'])('a %s shows its role and its subjects by their kind', (kind) => {
  const subjects = [
    { kind: 'User', name: 'u1' },
    { kind: 'Group', name: 'g' },
    { kind: 'User', name: 'u2' },
    { kind: 'ServiceAccount', name: 's', namespace: 'n' },
  ];
  expect(cellsOf(kind, { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects })).toEqual([
    'web',
    'ClusterRole/view',
    '5m',
    'u1, u2',
    'g',
    'n/s',
  ]);
  expect(cellsOf(kind, { roleRef: { kind: 'Role', name: 'r' } }).slice(3)).toEqual(['', '', '']);
});

test.each(['Role', 'ClusterRole'])('a %s shows when it was made', (kind) => {
  expect(cellsOf(kind, { rules: [] })).toEqual(['web', '2026-03-01T11:55:00Z']);
});
