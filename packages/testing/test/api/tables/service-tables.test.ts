import { expect, test } from 'vitest';
import { cellsOf } from './helpers/cells.ts';

test('a service shows its ports and its selector in the order of its keys', () => {
  const ports = [
    { port: 80, nodePort: 30080 },
    { port: 53, protocol: 'UDP' },
  ];
  const spec = { type: 'NodePort', clusterIP: '10.96.0.9', ports, selector: { b: '2', a: '1' } };
  expect(cellsOf('Service', { spec })).toEqual([
    'web',
    'NodePort',
    '10.96.0.9',
    '<none>',
    '80:30080/TCP,53/UDP',
    '5m',
    'a=1,b=2',
  ]);
});

const ingress = [{ ip: '7.7.7.7' }, { hostname: 'lb.example.com' }, { ip: '1.1.1.1' }];

test.each([
  [{ clusterIP: 'None' }, undefined, ['ClusterIP', 'None', '<none>', '<none>']],
  [{ externalIPs: ['9.9.9.9', '8.8.8.8'] }, undefined, ['ClusterIP', '<none>', '9.9.9.9,8.8.8.8', '<none>']],
  [{ type: 'ExternalName', externalName: 'a.example' }, undefined, ['ExternalName', '<none>', 'a.example', '<none>']],
  [{ type: 'LoadBalancer' }, undefined, ['LoadBalancer', '<none>', '<pending>', '<none>']],
  [
    { type: 'LoadBalancer', externalIPs: ['9.9.9.9'] },
    { loadBalancer: { ingress } },
    ['LoadBalancer', '<none>', '1.1.1.1,7.7.7.7,lb.example.com,9.9.9.9', '<none>'],
  ],
])('a service with %j shows its external address', (spec, status, expected) => {
  expect(cellsOf('Service', { spec, status }).slice(1, 5)).toEqual(expected);
});

test.each([
  [[], '<none>'],
  [[{ addresses: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }], ports: [{ port: 80 }] }], '10.0.0.1:80,10.0.0.2:80'],
  [[{ addresses: [{ ip: 'fd00::1' }], ports: [{ port: 80 }] }], '[fd00::1]:80'],
  [[{ notReadyAddresses: [{ ip: '10.0.0.9' }], ports: [{ port: 80 }] }], '<none>'],
  [
    [
      { addresses: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }], ports: [{ port: 1 }, { port: 2 }] },
      { addresses: [{ ip: '10.0.0.9' }] },
    ],
    '10.0.0.1:1,10.0.0.2:1,10.0.0.1:2 + 2 more...',
  ],
])('endpoints with the subsets %j are shown', (subsets, expected) => {
  expect(cellsOf('Endpoints', { subsets })).toEqual(['web', expected, '5m']);
});

test('a slice shows at most three ports and addresses', () => {
  const ports = [{ port: 1 }, { port: 2 }, { port: 3 }, { port: 4 }];
  const endpoints = [{ addresses: ['10.0.0.1', '10.0.0.2'] }, { addresses: ['10.0.0.3'] }];
  expect(cellsOf('EndpointSlice', { addressType: 'IPv4', ports, endpoints })).toEqual([
    'web',
    'IPv4',
    '1,2,3 + 1 more...',
    '10.0.0.1,10.0.0.2,10.0.0.3',
    '5m',
  ]);
});

test('a slice without ports or addresses says so; a port without a number is shown by its name', () => {
  expect(cellsOf('EndpointSlice', { addressType: 'FQDN', endpoints: [] }).slice(1, 4)).toEqual([
    'FQDN',
    '<unset>',
    '<unset>',
  ]);
  expect(cellsOf('EndpointSlice', { ports: [{ name: 'only' }, { name: '' }, {}] })[2]).toBe('only,,*');
});
