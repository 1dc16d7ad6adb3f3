import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { AGE, at, type Column, NAME, scalar, type TableLayouts, text, UNSET } from './table-layout.ts';

const VOLUME_MODE: Column = {
  name: 'VolumeMode',
  priority: 1,
  cell: (object) => text(object, ['spec', 'volumeMode'], UNSET),
};
const STORAGE_CLASS: Column = { name: 'StorageClass', cell: storageClass };
const ATTRIBUTES_CLASS: Column = {
  name: 'VolumeAttributesClass',
  cell: (object) => scalar(object, ['spec', 'volumeAttributesClassName'], UNSET),
};

/** The columns of volumes, claims and storage classes, as the real API server prints them. */
export const STORAGE_TABLES: TableLayouts = {
  '/PersistentVolume': [
    NAME,
    { name: 'Capacity', cell: (object) => scalar(object, ['spec', 'capacity', 'storage'], '0') },
    { name: 'Access Modes', cell: (object) => accessModes(at(object, 'spec', 'accessModes')) },
    { name: 'Reclaim Policy', cell: (object) => text(object, ['spec', 'persistentVolumeReclaimPolicy'], '') },
    { name: 'Status', cell: phase },
    { name: 'Claim', cell: claim },
    STORAGE_CLASS,
    ATTRIBUTES_CLASS,
    { name: 'Reason', cell: (object) => text(object, ['status', 'reason'], '') },
    AGE,
    VOLUME_MODE,
  ],
  '/PersistentVolumeClaim': [
    NAME,
    { name: 'Status', cell: phase },
    { name: 'Volume', cell: (object) => text(object, ['spec', 'volumeName'], '') },
    { name: 'Capacity', cell: ifBound((object) => scalar(object, ['status', 'capacity', 'storage'], '0')) },
    { name: 'Access Modes', cell: ifBound((object) => accessModes(at(object, 'status', 'accessModes'))) },
    STORAGE_CLASS,
    ATTRIBUTES_CLASS,
    AGE,
    VOLUME_MODE,
  ],
  'storage.k8s.io/StorageClass': [
    { name: 'Name', cell: nameOfClass },
    { name: 'Provisioner', cell: (object) => text(object, ['provisioner'], '') },
    { name: 'ReclaimPolicy', cell: (object) => text(object, ['reclaimPolicy'], 'Delete') },
    { name: 'VolumeBindingMode', cell: (object) => text(object, ['volumeBindingMode'], 'Immediate') },
    { name: 'AllowVolumeExpansion', cell: (object) => at(object, 'allowVolumeExpansion') === true },
    AGE,
  ],
};

const SHORT_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

function accessModes(modes: unknown): string {
  const given = new Set(Array.isArray(modes) ? modes : []);
  return Object.entries(SHORT_MODES)
    .filter(([mode]) => given.has(mode))
    .map(([, short]) => short)
    .join(',');
}

function ifBound(cell: (object: KubernetesObject) => string): (object: KubernetesObject) => string {
  return (object) => (text(object, ['spec', 'volumeName'], '') === '' ? '' : cell(object));
}

function phase(object: KubernetesObject): string {
  return object.metadata.deletionTimestamp === undefined ? text(object, ['status', 'phase'], '') : 'Terminating';
}

function claim(volume: KubernetesObject): string {
  const reference = at(volume, 'spec', 'claimRef');
  if (typeof reference !== 'object' || reference === null) return '';
  return `${text(reference, ['namespace'], '')}/${text(reference, ['name'], '')}`;
}

function storageClass(object: KubernetesObject): string {
  const old = object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'];
  return old ?? text(object, ['spec', 'storageClassName'], '');
}

function nameOfClass({ metadata }: KubernetesObject): string {
  const { name, annotations = {} } = metadata;
  const marks = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];
  return marks.some((mark) => annotations[mark] === 'true') ? `${name} (default)` : name;
}
