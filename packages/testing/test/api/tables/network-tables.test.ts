import { expect, test } from 'vitest';
import { cellsOf } from './helpers/cells.ts';

test('an ingress shows its class, hosts, addresses and ports', () => {
  const spec = { ingressClassName: 'nginx', rules: [{ host: 'b.x' }, { host: 'a.x' }], tls: [{}] };
  const status = { loadBalancer: { ingress: [{ ip: '2.2.2.2' }, { hostname: 'h.x' }] } };
  expect(cellsOf('Ingress', { spec, status })).toEqual(['web', 'nginx', 'b.x,a.x', '2.2.2.2,h.x', '80, 443', '5m']);
  expect(cellsOf('Ingress', { spec: {} })).toEqual(['web', '<none>', '*', '', '80', '5m']);
});

test.each([
  [['a', 'b', 'c'], 'a,b,c'],
  [['a', '', 'b', 'c'], 'a,b,c'],
  [['a', 'b', 'c', ''], 'a,b,c + 1 more...'],
  [['a', '', 'b', 'c', 'd', ''], 'a,b,c + 3 more...'],
])('an ingress with the hosts %j shows them as a server counts them', (hosts, expected) => {
  const rules = hosts.map((host) => (host === '' ? {} : { host }));
  expect(cellsOf('Ingress', { spec: { rules } })[2]).toBe(expected);
});

test.each([
  [undefined, '<none>'],
  [{ apiGroup: 'k.x', kind: 'Param', name: 'p' }, 'Param.k.x/p'],
  [{ kind: 'ConfigMap', name: 'p' }, 'ConfigMap/p'],
])('an ingress class with the parameters %j is shown', (parameters, expected) => {
  expect(cellsOf('IngressClass', { spec: { controller: 'x/y', parameters } })).toEqual(['web', 'x/y', expected, '5m']);
});

test('a network policy shows which pods it is for', () => {
  const podSelector = { matchLabels: { app: 'web' } };
  expect(cellsOf('NetworkPolicy', { spec: { podSelector } })).toEqual(['web', 'app=web', '5m']);
  expect(cellsOf('NetworkPolicy', { spec: { podSelector: {} } })).toEqual(['web', '<none>', '5m']);
});
