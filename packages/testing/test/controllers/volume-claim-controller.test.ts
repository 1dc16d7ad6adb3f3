import { expect, test } from 'vitest';
import { runVolumeClaimController } from '../../src/controllers/volume-claim-controller.ts';
import { ControlledCluster } from './helpers/controlled-cluster.ts';

function cluster(): ControlledCluster {
  return new ControlledCluster({ run: runVolumeClaimController });
}

function claim(spec: Readonly<Record<string, unknown>> = {}) {
  const resources = { requests: { storage: '1Gi' } };
  return { name: 'data', spec: { accessModes: ['ReadWriteOnce'], resources, ...spec }, status: { phase: 'Pending' } };
}

test('a claim is bound at once to a volume of its own, which goes with it', () => {
  using volumes = cluster();
  const { uid } = volumes.add('v1', 'PersistentVolumeClaim', claim({ storageClassName: 'fast' })).metadata;
  expect(volumes.get('PersistentVolumeClaim', 'data')).toMatchObject({
    metadata: { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
    spec: { volumeName: `pvc-${uid}` },
    status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
  });
  expect(volumes.list('PersistentVolume')).toEqual([
    expect.objectContaining({
      metadata: expect.objectContaining({ name: `pvc-${uid}` }) as unknown,
      spec: expect.objectContaining({
        claimRef: expect.objectContaining({
          kind: 'PersistentVolumeClaim',
          namespace: 'default',
          name: 'data',
          uid,
        }) as unknown,
        storageClassName: 'fast',
      }) as unknown,
      status: { phase: 'Bound', lastPhaseTransitionTime: '2030-01-01T00:00:00Z' },
    }),
  ]);
  volumes.delete('PersistentVolumeClaim', 'data');
  expect(volumes.list('PersistentVolume')).toEqual([]);
});

test('a claim that names a volume waits for it, and leaves it behind', () => {
  using volumes = cluster();
  volumes.add('v1', 'PersistentVolumeClaim', claim({ volumeName: 'mine' }));
  expect(volumes.get('PersistentVolumeClaim', 'data').status).toEqual({ phase: 'Pending' });
  volumes.add('v1', 'PersistentVolume', { name: 'mine', spec: {} });
  expect(volumes.get('PersistentVolumeClaim', 'data').status).toMatchObject({ phase: 'Bound' });
  expect(volumes.get('PersistentVolume', 'mine')).toMatchObject({
    spec: { claimRef: { name: 'data' } },
    status: { phase: 'Bound' },
  });
  volumes.delete('PersistentVolumeClaim', 'data');
  expect(volumes.names('PersistentVolume')).toEqual(['mine']);
});
