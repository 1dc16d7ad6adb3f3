import { FakeClock } from '../../../src/clock/fake-clock.ts';
import { Addresses } from '../../../src/objects/addresses.ts';
import { deleteObject } from '../../../src/objects/delete-object.ts';
import { EventRecorder } from '../../../src/objects/event-recorder.ts';
import { type ImageOptions, Images } from '../../../src/runtime/images.ts';
import { Sandboxes } from '../../../src/runtime/sandboxes.ts';
import { type Runtime, startRuntime } from '../../../src/runtime/start-runtime.ts';
import { builtInKind } from '../../../src/state/built-in-kinds.ts';
import type { StoreEvent } from '../../../src/state/event-history.ts';
import type {
  ContainerStatus,
  KubernetesObject,
  ObjectInput,
  PodObject,
} from '../../../src/state/kubernetes-object.ts';
import { ObjectStore } from '../../../src/state/object-store.ts';
import { ResourceKinds } from '../../../src/state/resource-kinds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Scheduler and kubelets over a store of their own, on a clock that a test moves. */
export class SimulatedNodes implements Disposable {
  readonly clock = new FakeClock({ now: Date.parse('2030-01-01T00:00:00Z') });
  readonly store = new ObjectStore({ historyLimit: 100_000, kinds: new ResourceKinds(), clock: this.clock });
  readonly images = new Images();
  readonly sandboxes = new Sandboxes();
  readonly stopping = new AbortController();
  readonly runtime: Runtime;
  /** What functions of images have thrown. */
  readonly errors: Error[] = [];

  constructor({
    images = [],
    nodes = ['node-a'],
  }: { images?: readonly ImageOptions[]; nodes?: readonly string[] } = {}) {
    const { clock, store, sandboxes } = this;
    for (const image of images) this.images.add(image);
    this.runtime = startRuntime({
      ...{ store, clock, sandboxes, images: this.images, signal: this.stopping.signal },
      events: new EventRecorder({ store, clock }),
      addresses: new Addresses({ store }),
      onError: (error) => this.errors.push(error),
    });
    store.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
    for (const name of nodes) this.addNode(name);
  }

  addNode(
    name: string,
    { labels = {}, spec = {} }: { labels?: Readonly<Record<string, string>>; spec?: Fields } = {},
  ): void {
    const addresses = [{ type: 'InternalIP', address: '10.0.0.7' }];
    const conditions = [{ type: 'Ready', status: 'True' }];
    const status = { addresses, conditions };
    this.store.add({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec, status });
  }

  /** Adds a pod as a client does, with one container `main` unless it says otherwise. */
  addPod(
    name: string,
    { image = 'web:1', spec = {}, metadata = {} }: { image?: string; spec?: Fields; metadata?: Fields } = {},
  ): void {
    const pod: ObjectInput = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', ...metadata },
      spec: { containers: [{ name: 'main', image }], ...spec },
      status: { phase: 'Pending' },
    };
    this.store.add(pod);
  }

  find(name: string): PodObject | undefined {
    return this.store.get({ kind: builtInKind('Pod'), namespace: 'default', name }) as PodObject | undefined;
  }

  pod(name: string): PodObject {
    const pod = this.find(name);
    if (!pod) throw new Error(`no pod ${name}`);
    return pod;
  }

  /** The status of the first container. */
  container(name: string, index = 0): ContainerStatus {
    const status = this.pod(name).status.containerStatuses?.[index];
    if (!status) throw new Error(`no status of a container of ${name}`);
    return status;
  }

  condition(name: string, type: string) {
    return this.pod(name).status.conditions?.find((one) => one.type === type);
  }

  isReady(name: string): boolean {
    return this.condition(name, 'Ready')?.status === 'True';
  }

  /** Deletes a pod as the API server does. */
  delete(name: string, graceSeconds?: number): void {
    const key = { kind: builtInKind('Pod'), namespace: 'default', name };
    deleteObject({ store: this.store, clock: this.clock, key, graceSeconds });
  }

  /** What events say of an object, in the order of their first time: `Warning BackOff x2: text`. */
  events(name: string): readonly string[] {
    return (this.store.list({ kind: builtInKind('Event') }) as readonly EventObject[])
      .filter(({ involvedObject }) => involvedObject.name === name)
      .map(({ type, reason, count, message }) => `${type} ${reason}${count > 1 ? ` x${count}` : ''}: ${message}`);
  }

  /** Every status of a pod from now on, as `show` shows it, without repetitions. */
  follow(name: string, show: (pod: PodObject) => string): readonly string[] {
    const seen: string[] = [];
    this.store.subscribe(({ kind, object, type }: StoreEvent) => {
      if (kind.kind !== 'Pod' || object.metadata.name !== name) return;
      const text = type === 'DELETED' ? 'gone' : show(object as PodObject);
      if (text !== seen.at(-1)) seen.push(text);
    });
    return seen;
  }

  [Symbol.dispose](): void {
    this.stopping.abort();
  }
}

interface EventObject extends KubernetesObject {
  readonly involvedObject: { readonly name: string };
  readonly type: string;
  readonly reason: string;
  readonly count: number;
  readonly message: string;
}
