import { fieldsOf, itemsOf, textOf } from '../fields.ts';

/** What is used of an EndpointSlice (discovery.k8s.io/v1). */
export interface EndpointSlice {
  readonly createdAt: number;
  readonly name: string;
  /** Numbers inside the pods, by the names that the service gives its ports; empty for the port without a name. */
  readonly ports: ReadonlyMap<string, number>;
  readonly endpoints: readonly PodEndpoint[];
}

/** An endpoint that is a pod. */
export interface PodEndpoint {
  readonly podName: string;
  readonly isReady: boolean;
}

/** Reads an EndpointSlice as the API server sends it; endpoints that are no pods of the namespace are left out. */
export function parseEndpointSlice(object: unknown, namespace: string): EndpointSlice {
  const { metadata, ports, endpoints } = fieldsOf(object);
  const { name, creationTimestamp } = fieldsOf(metadata);
  return {
    name: textOf(name) ?? '',
    createdAt: Date.parse(textOf(creationTimestamp) ?? '') || 0,
    ports: new Map(
      itemsOf(ports)
        .map(fieldsOf)
        .filter((port) => (textOf(port.protocol) ?? 'TCP') === 'TCP' && typeof port.port === 'number')
        .map((port) => [textOf(port.name) ?? '', port.port as number]),
    ),
    endpoints: itemsOf(endpoints)
      .map(fieldsOf)
      .flatMap(({ targetRef, conditions }) => {
        const reference = fieldsOf(targetRef);
        const podName = textOf(reference.name);
        const isPod = reference.kind === 'Pod' && (textOf(reference.namespace) ?? namespace) === namespace;
        // no word on readiness means ready, by the API's definition
        return isPod && podName ? [{ podName, isReady: fieldsOf(conditions).ready !== false }] : [];
      }),
  };
}

/** A pod that a service sends connections to, and the slice that says so. */
export interface Candidate {
  readonly podName: string;
  readonly slice: EndpointSlice;
}

/** The ready pods of slices, each once (slices come by address family): of the newest slice first, then by name. */
export function readyCandidates(slices: readonly EndpointSlice[]): readonly Candidate[] {
  const newestFirst = slices.toSorted(
    (one, other) => other.createdAt - one.createdAt || (one.name < other.name ? -1 : 1),
  );
  const candidates = new Map<string, Candidate>();
  for (const slice of newestFirst) {
    const ready = slice.endpoints.filter((endpoint) => endpoint.isReady).map((endpoint) => endpoint.podName);
    for (const podName of ready.toSorted()) {
      if (!candidates.has(podName)) candidates.set(podName, { podName, slice });
    }
  }
  return [...candidates.values()];
}
