import { SERVER_VERSION } from '../api/version.ts';
import { notFound } from '../errors/statuses.ts';
import type { Sandboxes } from '../runtime/sandboxes.ts';
import type {
  KubernetesObject,
  ObjectInput,
  ObjectName,
  PodObject,
  ServiceObject,
} from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { findKind, knownKind } from '../state/resource-kinds.ts';
import { NODE_ADDRESS, NODE_NAME, podObject, withPhase, withReadiness } from './pod-object.ts';
import type { PodOptions, PodPhase } from './pod-options.ts';
import { type ServiceOptions, serviceObject } from './service-object.ts';

/** Adds and changes the objects of a cluster, with what a real one fills in: namespaces, addresses, an empty status. */
export class ClusterObjects {
  readonly #store: ObjectStore;
  readonly #sandboxes: Sandboxes;
  readonly #namespace: string;
  #pods = 0;
  #services = 0;

  /** @param options `namespace`: where objects without one go. */
  constructor(options: { readonly store: ObjectStore; readonly sandboxes: Sandboxes; readonly namespace: string }) {
    this.#store = options.store;
    this.#sandboxes = options.sandboxes;
    this.#namespace = options.namespace;
  }

  /** What every cluster has: a node that is ready, and the namespaces `default`, `kube-system` and that of the context. */
  addBasics(): void {
    for (const name of new Set(['default', 'kube-system', this.#namespace])) this.addNamespace(name);
    this.#store.add({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: NODE_NAME },
      status: {
        conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
        addresses: [{ type: 'InternalIP', address: NODE_ADDRESS }],
        nodeInfo: { kubeletVersion: SERVER_VERSION.gitVersion },
      },
    });
  }

  /** @throws StatusError 409. */
  addNamespace(name: string): KubernetesObject {
    const labels = { 'kubernetes.io/metadata.name': name };
    const metadata = { name, labels };
    return this.#store.add({ apiVersion: 'v1', kind: 'Namespace', metadata, status: { phase: 'Active' } });
  }

  /** Adds a pod and starts what listens in it. @throws StatusError 404 for an unknown namespace, 409. */
  addPod(options: PodOptions): PodObject {
    const namespace = this.#existingNamespace(options.namespace);
    const pod = this.#store.add(podObject({ ...options, namespace, podIp: this.#nextPodIp() })) as PodObject;
    this.#sandboxes.create({ uid: pod.metadata.uid, serve: options.serve ?? {} });
    return pod;
  }

  /** Adds a service with an address of its own. @throws StatusError 404 for an unknown namespace, 409. */
  addService(options: ServiceOptions): ServiceObject {
    const namespace = this.#existingNamespace(options.namespace);
    this.#services += 1;
    const service = serviceObject({ ...options, namespace, clusterIp: address('10.96', this.#services) });
    return this.#store.add(service) as ServiceObject;
  }

  /** Adds an object of any known kind. @throws StatusError 400 for an unknown kind, 404, 409. */
  add(input: ObjectInput): KubernetesObject {
    const object = this.#store.add(this.#complete(input));
    if (object.kind === 'Pod') this.#sandboxes.create({ uid: object.metadata.uid, serve: {} });
    return object;
  }

  /** Puts a new version in the place of an object. @throws StatusError 404. */
  update(input: ObjectInput): KubernetesObject {
    return this.#store.replace(this.#complete(input));
  }

  /** Makes a pod ready or not. @throws StatusError 404. */
  setPodReady({ ready, ...name }: ObjectName & { readonly ready: boolean }): PodObject {
    return this.#store.replace(withReadiness(this.#pod(name), ready)) as PodObject;
  }

  /** Moves a pod to another phase. @throws StatusError 404. */
  setPodPhase({ phase, ...name }: ObjectName & { readonly phase: PodPhase }): PodObject {
    return this.#store.replace(withPhase(this.#pod(name), { phase, podIp: this.#nextPodIp() })) as PodObject;
  }

  #pod({ name, namespace = this.#namespace }: ObjectName): PodObject {
    const pod: KubernetesObject | undefined = this.#store.get({ kind: knownKind('Pod'), namespace, name });
    if (!pod) throw notFound({ ...knownKind('Pod'), name });
    return pod as PodObject;
  }

  #complete(input: ObjectInput): ObjectInput {
    if (!findKind(input)?.namespaced) return input;
    const namespace = this.#existingNamespace(input.metadata.namespace);
    const completed = { ...input, metadata: { ...input.metadata, namespace } };
    if (input.kind !== 'Pod') return input.kind === 'Service' ? { ...completed, spec: input.spec ?? {} } : completed;
    const { spec, status } = input as { spec?: object; status?: object };
    return { ...completed, spec: { containers: [], ...spec }, status: { phase: 'Pending', ...status } };
  }

  #existingNamespace(name: string = this.#namespace): string {
    if (!this.#store.get({ kind: knownKind('Namespace'), namespace: undefined, name })) {
      throw notFound({ ...knownKind('Namespace'), name });
    }
    return name;
  }

  #nextPodIp(): string {
    this.#pods += 1;
    return address('10.244', this.#pods);
  }
}

function address(prefix: string, number: number): string {
  return `${prefix}.${(number >> 8) & 255}.${number & 255}`;
}
