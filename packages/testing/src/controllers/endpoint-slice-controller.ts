import type { StoreEvent } from '../state/event-history.ts';
import type { KubernetesObject, ObjectInput, PodObject, ServiceObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { knownKind } from '../state/resource-kinds.ts';
import { desiredSlices } from './endpoint-slices.ts';

const MANAGER = 'endpointslice-controller.k8s.io';

/** Keeps the EndpointSlices of every service with a selector in step with its pods, at once on each change, until the signal aborts. */
export function runEndpointSliceController({ store, signal }: { store: ObjectStore; signal: AbortSignal }): void {
  const unsubscribe = store.subscribe((event) => {
    for (const service of affectedServices(store, event)) reconcile(store, service);
  });
  signal.addEventListener('abort', unsubscribe, { once: true });
}

function affectedServices(store: ObjectStore, event: StoreEvent): readonly ServiceObject[] {
  const kind = event.kind.kind;
  if (kind === 'Service') return [event.object as ServiceObject];
  if (kind !== 'Pod') return [];
  const namespace = event.object.metadata.namespace;
  return store.list({
    kind: knownKind('Service'),
    namespace,
  }) as readonly ServiceObject[];
}

function reconcile(store: ObjectStore, service: ServiceObject): void {
  const { namespace, name } = service.metadata;
  const existing = store
    .list({ kind: knownKind('EndpointSlice'), namespace })
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
    .filter(({ metadata }) => metadata.labels?.['endpointslice.kubernetes.io/managed-by'] === MANAGER);
  const gone = store.get({ kind: knownKind('Service'), namespace, name }) === undefined;
  const pods = store.list({ kind: knownKind('Pod'), namespace }) as readonly PodObject[];
  const desired = gone ? [] : desiredSlices({ service, pods, manager: MANAGER });
  for (const slice of existing) {
    if (!desired.some((wanted) => wanted.metadata.name === slice.metadata.name)) {
      store.remove({ kind: knownKind('EndpointSlice'), namespace, name: slice.metadata.name });
    }
  }
  for (const wanted of desired) {
    const current = existing.find((slice) => slice.metadata.name === wanted.metadata.name);
    if (!current) store.add(wanted);
    else if (!sameContent(current, wanted)) store.replace(wanted);
  }
}

function sameContent(current: KubernetesObject, wanted: ObjectInput): boolean {
  const content = ({ endpoints, ports }: KubernetesObject | ObjectInput) => JSON.stringify([endpoints, ports]);
  return content(current) === content(wanted);
}
