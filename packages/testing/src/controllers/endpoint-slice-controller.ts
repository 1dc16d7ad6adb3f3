import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { PodObject, ServiceObject } from '../state/kubernetes-object.ts';
import type { ControllerContext } from './controller-context.ts';
import { memberOf, selectsPods } from './endpoint.ts';
import { EndpointSlices, serviceOfSlice } from './endpoint-slices.ts';
import { EndpointsOfService, isOwnEndpoints } from './endpoints-of-service.ts';
import { OwnWrites } from './own-writes.ts';
import { runController } from './run-controller.ts';
import { ServicesOfPods } from './services-of-pods.ts';

const POD = builtInKind('Pod');
const SERVICE = builtInKind('Service');
const SLICE = builtInKind('EndpointSlice');
const ENDPOINTS = builtInKind('Endpoints');

interface ServiceState {
  readonly service: ServiceObject;
  readonly slices: EndpointSlices;
  readonly endpoints: EndpointsOfService;
}

/** Keeps the EndpointSlices and the Endpoints of every service with a selector in step with its pods until the signal aborts. */
export function runEndpointSliceController({ store, signal }: Pick<ControllerContext, 'store' | 'signal'>): void {
  const services = new ServicesOfPods();
  const states = new Map<string, ServiceState>();
  const own = new OwnWrites(store);
  runController({ store, signal, controller: { affectedBy, reconcile } });

  function* affectedBy(event: StoreEvent): Iterable<string> {
    yield* services.note(event);
    if ((event.kind !== SLICE && event.kind !== ENDPOINTS) || own.made(event)) return;
    const { namespace = '', name } = event.object.metadata;
    const service = event.kind === ENDPOINTS ? name : serviceOfSlice(event.previous ?? event.object);
    const key = `${namespace}/${service ?? ''}`;
    if (states.has(key)) yield services.forget(key);
  }

  function reconcile(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const service = store.get({ kind: SERVICE, namespace, name }) as ServiceObject | undefined;
    const changed = services.take(key);
    if (changed === 'all') states.delete(key);
    if (!service || !selectsPods(service)) {
      removeUnwanted({ namespace, name, wanted: new Set() });
      removeEndpoints({ namespace, name });
      return;
    }
    const state = states.get(key) ?? begin(key, service);
    for (const pod of changed === 'all' ? namesOfPods(namespace) : changed) place(state, pod);
    const changes = state.slices.takeChanges();
    if (changed === 'all') removeUnwanted({ namespace, name, wanted: new Set(changes.keys()) });
    for (const [slice, wanted] of changes) {
      if (wanted) own.write(wanted);
      else own.remove({ kind: SLICE, namespace, name: slice });
    }
    const endpoints = state.endpoints.takeChange();
    if (endpoints) own.write(endpoints);
  }

  function begin(key: string, service: ServiceObject): ServiceState {
    const state = { service, slices: new EndpointSlices(service), endpoints: new EndpointsOfService(service) };
    states.set(key, state);
    return state;
  }

  function place({ service, slices, endpoints }: ServiceState, name: string): void {
    const pod = store.get({ kind: POD, namespace: service.metadata.namespace, name }) as PodObject | undefined;
    const member = pod && memberOf(service, pod);
    slices.set(name, member);
    endpoints.set(name, member);
  }

  function namesOfPods(namespace: string): readonly string[] {
    return store.list({ kind: POD, namespace }).map(({ metadata }) => metadata.name);
  }

  function removeUnwanted(options: {
    readonly namespace: string;
    readonly name: string;
    readonly wanted: ReadonlySet<string>;
  }): void {
    const { namespace, name, wanted } = options;
    for (const slice of store.list({ kind: SLICE, namespace })) {
      if (serviceOfSlice(slice) !== name || wanted.has(slice.metadata.name)) continue;
      own.remove({ kind: SLICE, namespace, name: slice.metadata.name });
    }
  }

  /** Those that somebody wrote for a service without a selector stay. */
  function removeEndpoints({ namespace, name }: { readonly namespace: string; readonly name: string }): void {
    const key = { kind: ENDPOINTS, namespace, name };
    const endpoints = store.get(key);
    if (endpoints && isOwnEndpoints(endpoints)) own.remove(key);
  }
}
