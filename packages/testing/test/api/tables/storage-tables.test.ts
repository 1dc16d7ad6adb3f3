import { expect, test } from 'vitest';
import { cellsOf, minutesAgo } from './helpers/cells.ts';

const accessModes = ['ReadWriteMany', 'ReadWriteOnce', 'ReadOnlyMany'];

test('a volume shows what it holds and whose it is', () => {
  const spec = {
    capacity: { storage: '5Gi' },
    accessModes,
    persistentVolumeReclaimPolicy: 'Retain',
    claimRef: { namespace: 'shop', name: 'data' },
    storageClassName: 'slow',
    volumeMode: 'Filesystem',
  };
  expect(cellsOf('PersistentVolume', { spec, status: { phase: 'Bound' } })).toEqual([
    'web',
    '5Gi',
    'RWO,ROX,RWX',
    'Retain',
    'Bound',
    'shop/data',
    'slow',
    '<unset>',
    '',
    '5m',
    'Filesystem',
  ]);
});

test('a claim shows size and modes once it has a volume', () => {
  const spec = { volumeName: 'v', volumeAttributesClassName: 'gold' };
  const status = { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOncePod'] };
  const annotations = { 'volume.beta.kubernetes.io/storage-class': 'old' };
  expect(cellsOf('PersistentVolumeClaim', { metadata: { annotations }, spec, status })).toEqual([
    'web',
    'Bound',
    'v',
    '1Gi',
    'RWOP',
    'old',
    'gold',
    '5m',
    '<unset>',
  ]);
  const pending = { spec: { accessModes, volumeMode: 'Block' }, status: { phase: 'Pending' } };
  expect(cellsOf('PersistentVolumeClaim', pending)).toEqual([
    'web',
    'Pending',
    '',
    '',
    '',
    '',
    '<unset>',
    '5m',
    'Block',
  ]);
});

test.each(['PersistentVolume', 'PersistentVolumeClaim'])('a %s that is being deleted is terminating', (kind) => {
  const metadata = { deletionTimestamp: minutesAgo(0) };
  expect(cellsOf(kind, { metadata, spec: {}, status: { phase: 'Bound' } })).toContain('Terminating');
});

test('a storage class says whether it is the default', () => {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
  expect(
    cellsOf('StorageClass', { metadata: { annotations }, provisioner: 'a/b', allowVolumeExpansion: true }),
  ).toEqual(['web (default)', 'a/b', 'Delete', 'Immediate', true, '5m']);
  const facts = { provisioner: 'a/b', reclaimPolicy: 'Retain', volumeBindingMode: 'WaitForFirstConsumer' };
  expect(cellsOf('StorageClass', facts)).toEqual(['web', 'a/b', 'Retain', 'WaitForFirstConsumer', false, '5m']);
});
