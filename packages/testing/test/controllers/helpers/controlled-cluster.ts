import { timestamp } from '../../../src/clock/clock.ts';
import { FakeClock } from '../../../src/clock/fake-clock.ts';
import type { ControllerContext } from '../../../src/controllers/controller-context.ts';
import { deleteObject } from '../../../src/objects/delete-object.ts';
import { EventRecorder } from '../../../src/objects/event-recorder.ts';
import { NameGenerator } from '../../../src/objects/name-generator.ts';
import { builtInKind } from '../../../src/state/built-in-kinds.ts';
import type { KubernetesObject, ObjectInput, PodObject } from '../../../src/state/kubernetes-object.ts';
import { ObjectStore } from '../../../src/state/object-store.ts';
import { ResourceKinds } from '../../../src/state/resource-kinds.ts';

export interface ControlledClusterOptions {
  /** The controllers to run. */
  readonly run: (context: ControllerContext) => void;
  /** Whether pods start and end by themselves, at once. @default true */
  readonly kubelet?: boolean;
}

/** A store with controllers, a clock that stands, and a kubelet of a few lines. */
export class ControlledCluster implements Disposable {
  readonly clock = new FakeClock({ now: Date.parse('2030-01-01T00:00:00Z') });
  readonly store = new ObjectStore({ historyLimit: 1_000_000, kinds: new ResourceKinds(), clock: this.clock });
  readonly #stop = new AbortController();
  #addresses = 0;

  constructor({ run, kubelet = true }: ControlledClusterOptions) {
    const { store, clock } = this;
    const events = new EventRecorder({ store, clock });
    const names = new NameGenerator({ seed: 1 });
    run({ store, clock, events, names, rootCertificate: 'the certificate', signal: this.#stop.signal });
    if (kubelet) store.onSettled(() => this.#work());
    this.add('v1', 'Namespace', { name: 'default', spec: { finalizers: ['kubernetes'] } });
    this.add('v1', 'Node', { name: 'node' });
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }

  /** Adds an object; what is no metadata stands beside it. */
  add(apiVersion: string, kind: string, { name, metadata, ...content }: Content): KubernetesObject {
    const namespaced = this.store.kinds.find({ apiVersion, kind })?.namespaced === true;
    const named = { name, ...(namespaced && { namespace: 'default' }), ...metadata };
    return this.store.add({ apiVersion, kind, metadata: named, ...content });
  }

  get(kind: string, name: string): KubernetesObject {
    const found = this.find(kind, name);
    if (!found) throw new Error(`There is no ${kind} ${name}`);
    return found;
  }

  find(kind: string, name: string): KubernetesObject | undefined {
    const known = this.#kind(kind);
    return this.store.get({ kind: known, namespace: known.namespaced ? 'default' : undefined, name });
  }

  list(kind: string): readonly KubernetesObject[] {
    return this.store.list({ kind: this.#kind(kind) });
  }

  names(kind: string): readonly string[] {
    return this.list(kind).map(({ metadata }) => metadata.name);
  }

  pods(): readonly PodObject[] {
    return this.list('Pod') as readonly PodObject[];
  }

  /** Merges fields into the specification of an object. */
  specify(kind: string, name: string, spec: Readonly<Record<string, unknown>>): KubernetesObject {
    const object = this.get(kind, name);
    return this.store.replace({ ...object, spec: { ...(object.spec as object), ...spec } });
  }

  delete(kind: string, name: string, options: { graceSeconds?: number; finalizers?: readonly string[] } = {}): void {
    const known = this.#kind(kind);
    const key = { kind: known, namespace: known.namespaced ? 'default' : undefined, name };
    deleteObject({ store: this.store, clock: this.clock, key, ...options });
  }

  /** Lets a pod run and be ready. */
  start(pod: KubernetesObject): void {
    this.#addresses += 1;
    const podIP = `10.244.${this.#addresses >> 8}.${this.#addresses & 255}`;
    this.setStatus(pod, { ...runningStatus(timestamp(this.clock)), podIP });
  }

  setStatus(pod: KubernetesObject, status: Readonly<Record<string, unknown>>): void {
    const spec = { ...(pod.spec as object), nodeName: (pod as PodObject).spec.nodeName ?? 'node' };
    this.store.replace({ ...pod, spec, status });
  }

  /** Ends the life of a pod that is being deleted. */
  end(pod: KubernetesObject): void {
    const { namespace, name } = pod.metadata;
    this.store.remove({ kind: builtInKind('Pod'), namespace, name });
  }

  /** What was told of an object, the earliest first. */
  events(name: string): readonly string[] {
    const told = this.list('Event').filter(({ involvedObject }) => (involvedObject as { name: string }).name === name);
    const number = ({ metadata }: KubernetesObject) => Number(metadata.resourceVersion);
    return [...told]
      .sort((left, right) => number(left) - number(right))
      .map(({ reason, message }) => `${String(reason)}: ${String(message)}`);
  }

  #kind(name: string) {
    const kind = this.store.kinds.all.find((known) => known.kind === name);
    if (!kind) throw new Error(`There is no kind ${name}`);
    return kind;
  }

  #work(): void {
    for (const pod of this.pods()) {
      const { deletionTimestamp, finalizers = [] } = pod.metadata;
      if (deletionTimestamp !== undefined && finalizers.length === 0) this.end(pod);
      else if (deletionTimestamp === undefined && (pod.status?.phase ?? 'Pending') === 'Pending') this.start(pod);
    }
  }
}

interface Content {
  readonly name: string;
  readonly metadata?: Partial<ObjectInput['metadata']>;
  readonly [field: string]: unknown;
}

function runningStatus(now: string) {
  return { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: now }] };
}

/** A pod template with one container. */
export function template(app: string, image = 'image:1') {
  return { metadata: { labels: { app } }, spec: { containers: [{ name: 'main', image }] } };
}

/** The type, status and reason of the conditions of an object. */
export function conditionsOf({ status }: KubernetesObject): readonly string[] {
  const { conditions = [] } = status as { conditions?: readonly { type: string; status: string; reason: string }[] };
  return conditions.map((condition) => `${condition.type} ${condition.status} ${condition.reason}`).sort();
}
