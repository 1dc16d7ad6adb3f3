import { expect, test } from 'vitest';
import { nameProblem, namespaceProblem, portProblem } from '../../src/cluster/validate-name.ts';

test.each(['a', 'web-0', 'web.example.com', '0', 'a'.repeat(253)])('%s can be a name', (name) => {
  expect(nameProblem({ what: 'pod', name })).toBeUndefined();
});

test.each(['', 'A', 'a_b', '-a', 'a-', 'a..b', 'a/b', '%2e', 'ü', 'a'.repeat(254)])('%j cannot be a name', (name) => {
  expect(nameProblem({ what: 'name of the pod', name })).toContain('name of the pod');
});

test('a long name is not repeated at length', () => {
  expect(nameProblem({ what: 'pod', name: 'A'.repeat(10_000) })?.length).toBeLessThan(300);
});

test('a namespace has no dots and at most 63 characters', () => {
  expect(namespaceProblem('kube-system')).toBeUndefined();
  for (const name of ['', 'a.b', 'a'.repeat(64)]) expect(namespaceProblem(name)).toContain('namespace');
});

test.each([1, 80, 65_535, 'http', 'a1', 'web-http'])('%s can be a port', (port) => {
  expect(portProblem(port)).toBeUndefined();
});

test.each([0, -1, 65_536, 1.5, Number.NaN, '', '80', 'a--b', '-a', 'a'.repeat(64)])('%s cannot be a port', (port) => {
  expect(portProblem(port)).toContain('cannot be');
});
