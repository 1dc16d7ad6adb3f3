import { createHash } from 'node:crypto';
import type { ObjectInput, ServiceObject } from '../state/kubernetes-object.ts';
import type { Endpoint, Member } from './endpoint.ts';
import { controllerReference } from './owner-reference.ts';

/** Who the slices say they are managed by. */
const SLICE_MANAGER = 'endpointslice-controller.k8s.io';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const MANAGER_LABEL = 'endpointslice.kubernetes.io/managed-by';
/** How many endpoints one slice holds, as in Kubernetes by default. */
const MAX_ENDPOINTS = 100;

interface Slice {
  readonly name: string;
  /** The ports of its endpoints, as JSON. */
  readonly ports: string;
  readonly endpoints: Map<string, Endpoint>;
}

/** The service whose slice an object is, if it is one that the controller keeps. */
export function serviceOfSlice({ metadata }: ObjectInput): string | undefined {
  return metadata.labels?.[MANAGER_LABEL] === SLICE_MANAGER ? metadata.labels[SERVICE_LABEL] : undefined;
}

/**
 * The slices of one service. As in Kubernetes there is at least one for each set of port numbers, because a named target port may be
 * another number in each pod, and an empty one when no pod matches. An endpoint stays in its slice, so that a change touches one slice.
 */
export class EndpointSlices {
  readonly #service: ServiceObject;
  readonly #slices = new Map<string, Slice>();
  readonly #places = new Map<string, Slice>();
  readonly #changed = new Set<string>();

  constructor(service: ServiceObject) {
    this.#service = service;
    this.#open('[]');
  }

  /** Puts a pod in its place, by its name; without a member it is taken out. */
  set(pod: string, member: Member | undefined): void {
    const ports = JSON.stringify(member?.ports);
    const before = this.#places.get(pod);
    if (before && before.ports !== ports) this.#take(pod, before);
    if (!member) return;
    const slice = this.#places.get(pod) ?? this.#free(ports) ?? this.#open(ports);
    slice.endpoints.set(pod, member.endpoint);
    this.#places.set(pod, slice);
    this.#changed.add(slice.name);
  }

  /** The slices that have changed since the last call, by name: each one as it should be, `undefined` for one that should go. */
  takeChanges(): ReadonlyMap<string, ObjectInput | undefined> {
    this.#dropEmpty();
    const changes = new Map<string, ObjectInput | undefined>();
    for (const name of this.#changed) {
      const slice = this.#slices.get(name);
      changes.set(name, slice && this.#objectOf(slice));
    }
    this.#changed.clear();
    return changes;
  }

  #take(pod: string, slice: Slice): void {
    slice.endpoints.delete(pod);
    this.#places.delete(pod);
    this.#changed.add(slice.name);
  }

  /** Empty slices go, but for one when there is no other. */
  #dropEmpty(): void {
    if (this.#places.size === 0 && [...this.#slices.values()].every(({ ports }) => ports !== '[]')) this.#open('[]');
    for (const slice of this.#slices.values()) {
      if (slice.endpoints.size > 0 || (this.#places.size === 0 && slice.ports === '[]')) continue;
      this.#slices.delete(slice.name);
      this.#changed.add(slice.name);
    }
  }

  #free(ports: string): Slice | undefined {
    for (const slice of this.#slices.values()) {
      if (slice.ports === ports && slice.endpoints.size < MAX_ENDPOINTS) return slice;
    }
    return undefined;
  }

  #open(ports: string): Slice {
    const { name: service } = this.#service.metadata;
    const nameOf = (number: number): string => {
      const text = number === 0 ? ports : `${ports} ${number}`;
      return `${service}-${createHash('sha256').update(text).digest('hex').slice(0, 5)}`;
    };
    let number = 0;
    while (this.#slices.has(nameOf(number))) number += 1;
    const slice: Slice = { name: nameOf(number), ports, endpoints: new Map() };
    this.#slices.set(slice.name, slice);
    this.#changed.add(slice.name);
    return slice;
  }

  #objectOf({ name, ports, endpoints }: Slice): ObjectInput {
    const { namespace, labels, name: service } = this.#service.metadata;
    return {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name,
        generateName: `${service}-`,
        namespace,
        labels: {
          ...labels,
          [SERVICE_LABEL]: service,
          [MANAGER_LABEL]: SLICE_MANAGER,
          ...(this.#service.spec.clusterIP === 'None' && { 'service.kubernetes.io/headless': '' }),
        },
        ownerReferences: [controllerReference(this.#service)],
      },
      addressType: 'IPv4',
      // A real server writes the lists of an empty slice as null.
      endpoints: endpoints.size > 0 ? [...endpoints.values()] : null,
      ports: endpoints.size > 0 ? (JSON.parse(ports) as unknown) : null,
    };
  }
}
