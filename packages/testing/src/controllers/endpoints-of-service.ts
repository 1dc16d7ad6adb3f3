import type { KubernetesObject, ObjectInput, ServiceObject } from '../state/kubernetes-object.ts';
import type { Endpoint, Member } from './endpoint.ts';

/** How many addresses an Endpoints object tells, as in Kubernetes. */
const MAX_ADDRESSES = 1000;

const MANAGER_LABEL = 'endpoints.kubernetes.io/managed-by';
const MANAGER = 'endpoint-controller';

/** Whether an Endpoints object is one that the controller keeps. */
export function isOwnEndpoints({ metadata }: KubernetesObject): boolean {
  return metadata.labels?.[MANAGER_LABEL] === MANAGER;
}

interface Address {
  readonly ip: string;
  readonly hostname?: string;
  readonly nodeName: string | undefined;
  readonly targetRef: Endpoint['targetRef'];
}

interface Subset {
  readonly ports: unknown;
  readonly addresses: Address[];
  readonly notReadyAddresses: Address[];
}

/** The addresses of one service in the form before EndpointSlices: one object, its pods by port numbers and readiness. */
export class EndpointsOfService {
  readonly #service: ServiceObject;
  readonly #members = new Map<string, Member>();
  #hasChanged = true;

  constructor(service: ServiceObject) {
    this.#service = service;
  }

  /** Puts a pod in its place, by its name; without a member it is taken out. Pods that are about to go do not count. */
  set(pod: string, member: Member | undefined): void {
    const counts = member && (!member.endpoint.conditions.terminating || this.#service.spec.publishNotReadyAddresses);
    const isTold = this.#members.has(pod) || this.#members.size < MAX_ADDRESSES;
    if (counts) this.#members.set(pod, member);
    else if (!this.#members.delete(pod)) return;
    // Beyond the limit only the number of pods changes, which is not told.
    if (isTold || this.#members.size === MAX_ADDRESSES + 1) this.#hasChanged = true;
  }

  /** The object as it should be; `undefined` when nothing has changed since the last call. */
  takeChange(): ObjectInput | undefined {
    if (!this.#hasChanged) return undefined;
    this.#hasChanged = false;
    const { namespace, name, labels } = this.#service.metadata;
    const isHeadless = this.#service.spec.clusterIP === 'None';
    const isTruncated = this.#members.size > MAX_ADDRESSES;
    return {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        name,
        namespace,
        labels: {
          ...labels,
          [MANAGER_LABEL]: MANAGER,
          ...(isHeadless && { 'service.kubernetes.io/headless': '' }),
        },
        ...(isTruncated && { annotations: { 'endpoints.kubernetes.io/over-capacity': 'truncated' } }),
      },
      ...(this.#members.size > 0 && { subsets: this.#subsets() }),
    };
  }

  #subsets(): readonly object[] {
    const subsets = new Map<string, Subset>();
    let told = 0;
    for (const { endpoint, ports } of this.#members.values()) {
      told += 1;
      if (told > MAX_ADDRESSES) break;
      const key = JSON.stringify(ports);
      const subset = subsets.get(key) ?? { ports, addresses: [], notReadyAddresses: [] };
      subsets.set(key, subset);
      const { addresses, conditions, hostname, nodeName, targetRef } = endpoint;
      const address = { ip: addresses[0], ...(hostname !== undefined && { hostname }), nodeName, targetRef };
      (conditions.ready ? subset.addresses : subset.notReadyAddresses).push(address);
    }
    return [...subsets.values()].map(({ ports, addresses, notReadyAddresses }) => ({
      ...(addresses.length > 0 && { addresses }),
      ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
      ports,
    }));
  }
}
