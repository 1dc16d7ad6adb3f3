import { timestamp } from '../clock/clock.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ControllerContext } from './controller-context.ts';
import { listOf, textOf } from './read-field.ts';
import { runController } from './run-controller.ts';

const CLAIM = builtInKind('PersistentVolumeClaim');
const VOLUME = builtInKind('PersistentVolume');

/** Binds every volume claim at once to a volume that is made for it and goes with it. Nothing is stored in it. */
export function runVolumeClaimController({ store, clock, signal }: Omit<ControllerContext, 'names' | 'events'>): void {
  runController({
    store,
    signal,
    controller: {
      *affectedBy({ type, kind, object }) {
        if (kind === CLAIM) yield keyOf(object, type);
        if (kind !== VOLUME || type !== 'ADDED') return;
        for (const claim of store.list({ kind: CLAIM })) {
          if (fieldsOf(claim.spec).volumeName === object.metadata.name) yield keyOf(claim);
        }
      },
      reconcile(key) {
        const [change, namespace, name, uid] = JSON.parse(key) as [string, string, string, string];
        if (change === 'gone') removeVolume(uid);
        const claim = store.get({ kind: CLAIM, namespace, name });
        if (claim && claim.metadata.uid === uid && claim.metadata.deletionTimestamp === undefined) bind(claim);
      },
    },
  });

  function bind(claim: KubernetesObject): void {
    const spec = fieldsOf(claim.spec);
    if (textOf(fieldsOf(claim.status).phase, 'Pending') !== 'Pending') return;
    const asked = textOf(spec.volumeName, '');
    const volumeName = asked === '' ? `pvc-${claim.metadata.uid}` : asked;
    const volume = store.get({ kind: VOLUME, namespace: undefined, name: volumeName });
    // As on a real cluster, a claim that names a volume waits for it.
    if (asked !== '' && !volume) return;
    const accessModes = listOf(spec.accessModes);
    const capacity = { ...fieldsOf(fieldsOf(spec.resources).requests) };
    const claimRef = referenceTo(claim);
    if (volume) store.replace({ ...volume, spec: { ...fieldsOf(volume.spec), claimRef }, status: bound() });
    else addVolume({ claim, name: volumeName, accessModes, capacity });
    const annotations = {
      ...claim.metadata.annotations,
      'pv.kubernetes.io/bind-completed': 'yes',
      'pv.kubernetes.io/bound-by-controller': 'yes',
    };
    store.replace({
      ...claim,
      metadata: { ...claim.metadata, annotations },
      spec: { ...spec, volumeName },
      status: { phase: 'Bound', accessModes, capacity },
    });
  }

  function addVolume(options: {
    readonly claim: KubernetesObject;
    readonly name: string;
    readonly accessModes: readonly unknown[];
    readonly capacity: object;
  }): void {
    const { claim, name, accessModes, capacity } = options;
    const { storageClassName, volumeMode = 'Filesystem' } = fieldsOf(claim.spec);
    store.add({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        accessModes,
        capacity,
        claimRef: referenceTo(claim),
        hostPath: { path: `/var/lib/simulated/${name}`, type: '' },
        persistentVolumeReclaimPolicy: 'Delete',
        ...(storageClassName !== undefined && { storageClassName }),
        volumeMode,
      },
      status: bound(),
    });
  }

  function bound() {
    return { phase: 'Bound', lastPhaseTransitionTime: timestamp(clock) };
  }

  function removeVolume(claimUid: string): void {
    const key = { kind: VOLUME, namespace: undefined, name: `pvc-${claimUid}` };
    if (store.get(key)) store.remove(key);
  }
}

function keyOf({ metadata: { namespace, name, uid } }: KubernetesObject, type?: StoreEvent['type']): string {
  return JSON.stringify([type === 'DELETED' ? 'gone' : 'there', namespace, name, uid]);
}

function referenceTo({ apiVersion, kind, metadata }: KubernetesObject) {
  const { namespace, name, uid, resourceVersion } = metadata;
  return { apiVersion, kind, namespace, name, uid, resourceVersion };
}
