import { expect, test } from 'vitest';
import { cellsOf } from './helpers/cells.ts';

test('a node shows its roles, its addresses and what runs on it', () => {
  const labels = {
    'node-role.kubernetes.io/worker': '',
    'node-role.kubernetes.io/control-plane': '',
    'kubernetes.io/role': 'old',
  };
  const nodeInfo = {
    kubeletVersion: 'v1.34.2',
    osImage: 'Debian 12',
    kernelVersion: '6.1',
    containerRuntimeVersion: 'containerd://2.0',
  };
  const addresses = [
    { type: 'ExternalIP', address: '5.5.5.5' },
    { type: 'InternalIP', address: '4.4.4.4' },
  ];
  const status = { nodeInfo, addresses, conditions: [{ type: 'Ready', status: 'True' }] };
  expect(cellsOf('Node', { metadata: { labels }, status })).toEqual([
    ...['web', 'Ready', 'control-plane,old,worker', '5m', 'v1.34.2'],
    ...['4.4.4.4', '5.5.5.5', 'Debian 12', '6.1', 'containerd://2.0'],
  ]);
});

test('a node of which nothing is known says so', () => {
  expect(cellsOf('Node', {})).toEqual([
    'web',
    'Unknown',
    '<none>',
    '5m',
    '',
    '<none>',
    '<none>',
    '<unknown>',
    '<unknown>',
    '<unknown>',
  ]);
});

test.each([
  ['False', false, 'NotReady'],
  ['Unknown', false, 'NotReady'],
  ['True', true, 'Ready,SchedulingDisabled'],
])('a node with Ready=%s and unschedulable=%s is %s', (ready, unschedulable, expected) => {
  const status = { conditions: [{ type: 'Ready', status: ready }] };
  expect(cellsOf('Node', { spec: { unschedulable }, status })[1]).toBe(expected);
});
