import { expect, test } from 'vitest';
import { runNamespaceController } from '../../src/controllers/namespace-controller.ts';
import { ControlledCluster } from './helpers/controlled-cluster.ts';

function cluster({ kubelet = true } = {}): ControlledCluster {
  return new ControlledCluster({ run: runNamespaceController, kubelet });
}

test('every namespace has a service account, which comes back when it is deleted', () => {
  using space = cluster();
  expect(space.names('ServiceAccount')).toEqual(['default']);
  space.delete('ServiceAccount', 'default');
  expect(space.names('ServiceAccount')).toEqual(['default']);
});

test('a namespace that is deleted takes everything in it along, and only that', () => {
  using space = cluster();
  space.add('v1', 'Namespace', { name: 'other', spec: { finalizers: ['kubernetes'] } });
  space.add('v1', 'ConfigMap', { name: 'stays', metadata: { namespace: 'other' } });
  space.add('v1', 'ConfigMap', { name: 'goes' });
  space.add('v1', 'Pod', { name: 'goes', spec: { containers: [] } });
  space.delete('Namespace', 'default');
  expect(space.names('Namespace')).toEqual(['other']);
  expect(space.names('ConfigMap')).toEqual(['kube-root-ca.crt', 'stays']);
  expect(space.pods()).toEqual([]);
  expect(space.list('ServiceAccount').map(({ metadata }) => metadata.namespace)).toEqual(['other']);
});

test('a namespace is terminating until its last pod has ended', () => {
  using space = cluster({ kubelet: false });
  space.add('v1', 'Pod', { name: 'slow', spec: { containers: [] } });
  space.start(space.get('Pod', 'slow'));
  space.delete('Namespace', 'default');
  expect(space.get('Namespace', 'default').status).toEqual({ phase: 'Terminating' });
  expect(space.get('Pod', 'slow').metadata.deletionGracePeriodSeconds).toBe(30);
  space.end(space.get('Pod', 'slow'));
  expect(space.find('Namespace', 'default')).toBeUndefined();
});

test('a finalizer on an object holds the whole namespace', () => {
  using space = cluster();
  space.add('v1', 'ConfigMap', { name: 'held', metadata: { finalizers: ['example.com/hold'] } });
  space.delete('Namespace', 'default');
  const held = space.get('ConfigMap', 'held');
  expect(held.metadata.deletionTimestamp).toBeDefined();
  space.store.remove(space.store.keyOf(held));
  expect(space.find('Namespace', 'default')).toBeUndefined();
});

test('what is left of a namespace that is gone goes too, and what was never in one stays', () => {
  using space = cluster();
  space.add('v1', 'ConfigMap', { name: 'left' });
  space.store.remove(space.store.keyOf(space.get('Namespace', 'default')));
  expect(space.names('ConfigMap')).toEqual([]);
  space.add('v1', 'ConfigMap', { name: 'nowhere', metadata: { namespace: 'unknown' } });
  expect(space.names('ConfigMap')).toEqual(['nowhere']);
});

test('a finalizer of somebody else in the specification holds an empty namespace', () => {
  using space = cluster();
  const spec = { finalizers: ['kubernetes', 'example.com/hold'] };
  space.add('v1', 'Namespace', { name: 'held', spec });
  space.delete('Namespace', 'held');
  expect(space.get('Namespace', 'held').spec).toEqual({ finalizers: ['example.com/hold'] });
});
