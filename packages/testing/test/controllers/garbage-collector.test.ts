import { expect, test } from 'vitest';
import { runGarbageCollector } from '../../src/controllers/garbage-collector.ts';
import type { KubernetesObject } from '../../src/state/kubernetes-object.ts';
import { ControlledCluster } from './helpers/controlled-cluster.ts';

function cluster({ kubelet = true } = {}): ControlledCluster {
  return new ControlledCluster({ run: runGarbageCollector, kubelet });
}

function add(gc: ControlledCluster, name: string, owners: readonly KubernetesObject[] = [], blocks = true) {
  const ownerReferences = owners.map(({ apiVersion, kind, metadata }) => ({
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid,
    blockOwnerDeletion: blocks,
  }));
  return gc.add('v1', 'ConfigMap', { name, metadata: { ownerReferences } });
}

function addPod(gc: ControlledCluster, name: string, owner: KubernetesObject): void {
  const { apiVersion, kind, metadata } = owner;
  const reference = { apiVersion, kind, name: metadata.name, uid: metadata.uid, blockOwnerDeletion: true };
  gc.add('v1', 'Pod', { name, metadata: { ownerReferences: [reference] }, spec: { containers: [] } });
  gc.start(gc.get('Pod', name));
}

test('what an object owned goes with it, down to the last', () => {
  using gc = cluster();
  const top = add(gc, 'top');
  add(gc, 'bottom', [add(gc, 'middle', [top])]);
  add(gc, 'other');
  gc.delete('ConfigMap', 'top');
  expect(gc.names('ConfigMap')).toEqual(['other']);
});

test('an object with another owner stays and forgets the one that went', () => {
  using gc = cluster();
  const [a, b] = [add(gc, 'a'), add(gc, 'b')];
  add(gc, 'shared', [a, b]);
  gc.delete('ConfigMap', 'a');
  expect(gc.get('ConfigMap', 'shared').metadata.ownerReferences).toEqual([expect.objectContaining({ name: 'b' })]);
  gc.delete('ConfigMap', 'b');
  expect(gc.find('ConfigMap', 'shared')).toBeUndefined();
});

test('a new object of the same name is not the owner', () => {
  using gc = cluster();
  const owner = add(gc, 'owner');
  add(gc, 'owned', [owner]);
  gc.store.batch(() => {
    gc.delete('ConfigMap', 'owner');
    add(gc, 'owner');
  });
  expect(gc.names('ConfigMap')).toEqual(['owner']);
});

test('an owner that never was there loses nothing', () => {
  using gc = cluster();
  const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'never' };
  gc.add('v1', 'ConfigMap', { name: 'made-up', metadata: { ownerReferences: [reference] } });
  add(gc, 'other');
  gc.delete('ConfigMap', 'other');
  expect(gc.names('ConfigMap')).toEqual(['made-up']);
});

test('a pod that has lost its owner gets its grace', () => {
  using gc = cluster({ kubelet: false });
  const owner = add(gc, 'owner');
  addPod(gc, 'pod', owner);
  gc.delete('ConfigMap', 'owner');
  expect(gc.get('Pod', 'pod').metadata).toMatchObject({ deletionGracePeriodSeconds: 30 });
});

test('an owner deleted in the foreground waits for all that blocks it', () => {
  using gc = cluster({ kubelet: false });
  const top = add(gc, 'top');
  const middle = add(gc, 'middle', [top]);
  addPod(gc, 'pod', middle);
  add(gc, 'free', [top], false);
  gc.delete('ConfigMap', 'top', { finalizers: ['foregroundDeletion'] });
  expect(gc.names('ConfigMap')).toEqual(['middle', 'top']);
  expect(gc.get('ConfigMap', 'middle').metadata.finalizers).toEqual(['foregroundDeletion']);
  expect(gc.get('Pod', 'pod').metadata.deletionTimestamp).toBeDefined();
  gc.end(gc.get('Pod', 'pod'));
  expect(gc.names('ConfigMap')).toEqual([]);
});

test('an owner that leaves its dependents behind takes its references with it', () => {
  using gc = cluster();
  add(gc, 'owned', [add(gc, 'owner')]);
  gc.delete('ConfigMap', 'owner', { finalizers: ['orphan'] });
  expect(gc.names('ConfigMap')).toEqual(['owned']);
  expect(gc.get('ConfigMap', 'owned').metadata).not.toHaveProperty('ownerReferences');
});

test('another finalizer still holds an owner whose dependents are gone', () => {
  using gc = cluster();
  const owner = gc.add('v1', 'ConfigMap', { name: 'owner', metadata: { finalizers: ['example.com/hold'] } });
  add(gc, 'owned', [owner]);
  gc.delete('ConfigMap', 'owner', { finalizers: ['foregroundDeletion'] });
  expect(gc.names('ConfigMap')).toEqual(['owner']);
  expect(gc.get('ConfigMap', 'owner').metadata.finalizers).toEqual(['example.com/hold']);
});

test('objects that own each other go together', () => {
  using gc = cluster();
  const a = add(gc, 'a');
  const b = add(gc, 'b', [a]);
  const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'b', uid: b.metadata.uid };
  gc.store.replace({ ...a, metadata: { ...a.metadata, ownerReferences: [reference] } });
  gc.delete('ConfigMap', 'a');
  expect(gc.names('ConfigMap')).toEqual([]);
});
