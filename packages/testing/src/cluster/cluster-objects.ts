import { randomUUID } from 'node:crypto';
import { SERVER_VERSION } from '../api/version.ts';
import { notFound } from '../errors/statuses.ts';
import type { Addresses } from '../objects/addresses.ts';
import { withObjectDefaults } from '../objects/defaults/object-defaults.ts';
import { finishNewObject } from '../objects/finish-new-object.ts';
import { NODE_ADDRESS, NODE_NAME, podObject, withPhase, withReadiness } from '../objects/pod-object.ts';
import type { PodOptions, PodPhase } from '../objects/pod-options.ts';
import { type ServiceOptions, serviceObject } from '../objects/service-object.ts';
import type { Sandboxes } from '../runtime/sandboxes.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type {
  KubernetesObject,
  ObjectInput,
  ObjectName,
  PodObject,
  ServiceObject,
} from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';

/** Adds and changes the objects of a cluster, with what a real one fills in: namespaces, addresses, an empty status. */
export class ClusterObjects {
  readonly #store: ObjectStore;
  readonly #sandboxes: Sandboxes;
  readonly #namespace: string;
  readonly #addresses: Addresses;

  /** @param options `namespace`: where objects without one go. */
  constructor(options: {
    readonly store: ObjectStore;
    readonly sandboxes: Sandboxes;
    readonly addresses: Addresses;
    readonly namespace: string;
  }) {
    this.#store = options.store;
    this.#sandboxes = options.sandboxes;
    this.#addresses = options.addresses;
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
    const { uid = randomUUID(), serve = {} } = options;
    const pod = podObject({ ...options, uid, namespace, podIp: this.#addresses.nextPodIp() });
    // First, so that the kubelet sees that this pod runs already.
    this.#sandboxes.create({ uid, serve });
    try {
      return this.#store.add(pod) as PodObject;
    } catch (error) {
      this.#sandboxes.remove(uid);
      throw error;
    }
  }

  /** Adds a service with an address of its own. @throws StatusError 404 for an unknown namespace, 409. */
  addService(options: ServiceOptions): ServiceObject {
    const namespace = this.#existingNamespace(options.namespace);
    const service = serviceObject({ ...options, namespace, clusterIp: this.#addresses.nextServiceIp() });
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
    return this.#store.replace(withPhase(this.#pod(name), { phase, podIp: this.#addresses.nextPodIp() })) as PodObject;
  }

  #pod({ name, namespace = this.#namespace }: ObjectName): PodObject {
    const pod: KubernetesObject | undefined = this.#store.get({ kind: builtInKind('Pod'), namespace, name });
    if (!pod) throw notFound({ ...builtInKind('Pod'), name });
    return pod as PodObject;
  }

  #complete(input: ObjectInput): ObjectInput {
    const kind = this.#store.kinds.find(input);
    if (!kind) return input;
    const namespace = kind.namespaced ? this.#existingNamespace(input.metadata.namespace) : undefined;
    const object = { ...input, metadata: { ...input.metadata, namespace } };
    return finishNewObject({ object: withObjectDefaults(object, this.#addresses), kind });
  }

  #existingNamespace(name: string = this.#namespace): string {
    if (!this.#store.get({ kind: builtInKind('Namespace'), namespace: undefined, name })) {
      throw notFound({ ...builtInKind('Namespace'), name });
    }
    return name;
  }
}
