import type { Clock } from '../clock/clock.ts';
import { isFields } from '../documents/fields.ts';
import { notFound } from '../errors/statuses.ts';
import type { Addresses } from '../objects/addresses.ts';
import { finishNewObject } from '../objects/finish-new-object.ts';
import { podObject, withPhase, withReadiness } from '../objects/pod-object.ts';
import type { PodOptions, PodPhase } from '../objects/pod-options.ts';
import { type ServiceOptions, serviceObject } from '../objects/service-object.ts';
import { validateObject } from '../objects/validation/validate-object.ts';
import type { Sandboxes } from '../runtime/sandboxes.ts';
import type { Runtime } from '../runtime/start-runtime.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type {
  KubernetesObject,
  ObjectInput,
  ObjectName,
  PodObject,
  ServiceObject,
} from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { readManifests } from './read-manifests.ts';

/** What {@link ClusterObjects} works on. */
export interface ClusterObjectsOptions {
  readonly store: ObjectStore;
  readonly sandboxes: Sandboxes;
  readonly addresses: Addresses;
  readonly runtime: Runtime;
  readonly clock: Clock;
  /** Where objects without a namespace go. */
  readonly namespace: string;
}

/** What a test does with the objects of a cluster, with what a real one fills in: namespaces, addresses, an empty status. */
export class ClusterObjects {
  readonly #store: ObjectStore;
  readonly #sandboxes: Sandboxes;
  readonly #namespace: string;
  readonly #addresses: Addresses;
  readonly #runtime: Runtime;
  readonly #clock: Clock;

  protected constructor(options: ClusterObjectsOptions) {
    this.#store = options.store;
    this.#sandboxes = options.sandboxes;
    this.#addresses = options.addresses;
    this.#runtime = options.runtime;
    this.#clock = options.clock;
    this.#namespace = options.namespace;
  }

  /** Adds a namespace. @throws StatusError 409 when there is one of that name. */
  addNamespace(name: string): KubernetesObject {
    return this.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }

  /**
   * Adds a pod with what listens in it, which stays as it is until the test moves it.
   *
   * @throws StatusError 409 for a name that is taken, 404 for an unknown namespace.
   */
  addPod(options: PodOptions): PodObject {
    const namespace = this.#existingNamespace(options.namespace);
    const { uid = this.#store.newUid(), serve = {} } = options;
    const pod = podObject({ ...options, uid, namespace, podIp: this.#addresses.nextPodIp(), clock: this.#clock });
    const added = this.#addStatic(pod, { uid, serve }) as PodObject;
    for (const line of options.logs ?? []) this.#runtime.writeLog({ name: options.name, namespace, line });
    return added;
  }

  /** Adds a service; its EndpointSlices follow the pods that its selector matches. @throws StatusError as {@link addPod}. */
  addService(options: ServiceOptions): ServiceObject {
    const namespace = this.#existingNamespace(options.namespace);
    const service = serviceObject({ ...options, namespace, clusterIp: this.#addresses.nextServiceIp() });
    return this.#store.add(service) as ServiceObject;
  }

  /**
   * Adds an object of any known kind, with the defaults of a real server. Controllers act on it; a pod runs its images, unless it has a
   * status: then it stays so until the test moves it.
   *
   * @throws StatusError 409, 404 as {@link addPod}, 400 for an unknown kind, 422 for a workload that cannot work.
   */
  add(input: ObjectInput): KubernetesObject {
    const object = this.#complete(input);
    if (object.kind !== 'Pod' || input.status === undefined) return this.#store.add(object);
    // A pod that says how it is stays so, until the test moves it.
    const { uid = this.#store.newUid() } = object.metadata;
    return this.#addStatic({ ...object, metadata: { ...object.metadata, uid } }, { uid, serve: {} });
  }

  /** Puts a new version in the place of an object. @throws StatusError 404 when it does not exist. */
  update(input: ObjectInput): KubernetesObject {
    return this.#store.replace(this.#complete(input));
  }

  /**
   * Makes the objects what manifests say, as `kubectl apply` does from outside: new ones are added, others replaced, but for their status.
   *
   * @param manifests YAML or JSON of one or more documents, or objects
   * @throws StatusError as {@link add}, TypeError for what is no manifest.
   */
  async apply(manifests: string | readonly ObjectInput[]): Promise<readonly KubernetesObject[]> {
    const objects = typeof manifests === 'string' ? await readManifests(manifests) : manifests;
    return objects.map((input) => {
      const object = this.#complete(input);
      const current = this.#store.get(this.#store.keyOf(object));
      return current ? this.#store.replace({ ...object, status: current.status }) : this.add(input);
    });
  }

  /** Makes a pod ready or not, with all its containers. @throws StatusError 404. */
  setPodReady({ ready, ...name }: ObjectName & { readonly ready: boolean }): PodObject {
    return this.#store.replace(withReadiness(this.#pod(name), ready, this.#clock)) as PodObject;
  }

  /** Moves a pod to another phase; a running pod is ready, any other is not. @throws StatusError 404. */
  setPodPhase({ phase, ...name }: ObjectName & { readonly phase: PodPhase }): PodObject {
    return this.#store.replace(
      withPhase(this.#pod(name), { phase, podIp: this.#addresses.nextPodIp(), clock: this.#clock }),
    ) as PodObject;
  }

  /** The namespace that an object without one belongs to. */
  protected inNamespace<T extends { readonly namespace?: string | undefined }>(
    options: T,
  ): T & { readonly namespace: string } {
    return { ...options, namespace: options.namespace ?? this.#namespace };
  }

  #pod({ name, namespace = this.#namespace }: ObjectName): PodObject {
    const pod: KubernetesObject | undefined = this.#store.get({ kind: builtInKind('Pod'), namespace, name });
    if (!pod) throw notFound({ ...builtInKind('Pod'), name });
    return pod as PodObject;
  }

  /** Adds a pod that runs already, and that the kubelet therefore leaves alone. */
  #addStatic(pod: ObjectInput, sandbox: Parameters<Sandboxes['create']>[0]): KubernetesObject {
    this.#sandboxes.create(sandbox);
    try {
      return this.#store.add(pod);
    } catch (error) {
      this.#sandboxes.remove(sandbox.uid);
      throw error;
    }
  }

  #complete(input: ObjectInput): ObjectInput {
    const kind = this.#store.kinds.find(input);
    if (!kind) return input;
    const namespace = kind.namespaced ? this.#existingNamespace(input.metadata.namespace) : undefined;
    const object = { ...input, metadata: { ...input.metadata, namespace } };
    const complete = finishNewObject({ object, kind, addresses: this.#addresses, store: this.#store });
    // A slip in the manifest of a workload would only show as pods that never come.
    if (isFields(input.spec) && input.spec.template !== undefined) validateObject({ object: complete, kind });
    return kind.storedAs ? kind.storedAs.toStored(complete) : complete;
  }

  #existingNamespace(name: string = this.#namespace): string {
    if (!this.#store.get({ kind: builtInKind('Namespace'), namespace: undefined, name })) {
      throw notFound({ ...builtInKind('Namespace'), name });
    }
    return name;
  }
}
