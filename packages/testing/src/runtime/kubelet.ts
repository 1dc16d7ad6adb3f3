import type { Clock } from '../clock/clock.ts';
import type { Addresses } from '../objects/addresses.ts';
import { fieldsOf, listOf } from '../objects/defaults/fields.ts';
import type { EventRecorder } from '../objects/event-recorder.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { PodObject } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';
import { GroupedClock } from './grouped-clock.ts';
import type { Images } from './images.ts';
import type { PodLogs } from './pod-logs.ts';
import { PodWorker } from './pod-worker.ts';
import type { Sandboxes } from './sandboxes.ts';

/** What a {@link Kubelet} works with. */
export interface KubeletOptions {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly events: EventRecorder;
  readonly addresses: Addresses;
  readonly images: Images;
  readonly sandboxes: Sandboxes;
  readonly logs: PodLogs;
  /** Hears what functions of images throw; their container ends then. */
  readonly onError: (error: Error) => void;
  /** Ends it: nothing of it is left then. */
  readonly signal: AbortSignal;
}

/**
 * Runs the pods of every node. A pod that has a sandbox already when it comes is static: its status is left alone, a test moves it; only
 * its deletion is carried out.
 */
export class Kubelet {
  readonly #options: KubeletOptions;
  /** By uid. */
  readonly #workers = new Map<string, PodWorker>();
  /** The uids of pods whose deletion someone else carries out. */
  readonly #held = new Set<string>();
  readonly #changed = new Map<string, ObjectKey>();
  readonly #pulled = new Map<string, Set<string>>();
  /** What happens to many pods at one moment costs controllers one round. */
  readonly #clock: GroupedClock;

  constructor(options: KubeletOptions) {
    this.#options = options;
    const { store, clock, signal } = options;
    this.#clock = new GroupedClock({ clock, around: (ring) => store.batch(ring) });
    const ends = [store.subscribe((event) => this.#follow(event)), store.onSettled(() => this.#work())];
    const stop = () => {
      for (const end of ends) end();
      for (const worker of this.#workers.values()) worker.dispose();
      this.#workers.clear();
      options.logs.clear();
    };
    signal.addEventListener('abort', stop, { once: true });
  }

  /** The worker of a pod; `undefined` for a static one and one without a node. */
  workerOf({ metadata }: PodObject): PodWorker | undefined {
    return this.#workers.get(metadata.uid);
  }

  /** Leaves a static pod alone when it is deleted, until the returned function is called. */
  hold(uid: string): () => void {
    this.#held.add(uid);
    return () => this.#held.delete(uid);
  }

  /** Writes the status of every pod on a node again. */
  refresh(nodeName: string): void {
    for (const worker of this.#workers.values()) if (worker.nodeName === nodeName) worker.publish();
  }

  #follow({ type, kind, object, previous }: StoreEvent): void {
    if (kind.kind === 'Node' && type === 'ADDED') this.#expect(object.metadata.name);
    if (kind.kind !== 'Pod') return;
    const { uid, namespace, name, deletionTimestamp } = object.metadata;
    if (type === 'DELETED') {
      this.#forget(uid);
      return;
    }
    const isBound = (pod: unknown) => Boolean((pod as PodObject | undefined)?.spec?.nodeName);
    const isNews = deletionTimestamp !== undefined || (isBound(object) && !isBound(previous));
    if (isNews) this.#changed.set(uid, { kind, namespace, name });
  }

  /** Looks at the pods that were bound to a node before it came. */
  #expect(nodeName: string): void {
    const kind = builtInKind('Pod');
    for (const { metadata, spec } of this.#options.store.list({ kind }) as readonly PodObject[]) {
      const { uid, namespace, name } = metadata;
      if (spec.nodeName === nodeName && !this.#workers.has(uid)) this.#changed.set(uid, { kind, namespace, name });
    }
  }

  #work(): void {
    const { store, sandboxes } = this.#options;
    for (const [uid, key] of [...this.#changed]) {
      this.#changed.delete(uid);
      const pod = store.get(key) as PodObject | undefined;
      if (pod?.metadata.uid !== uid) continue;
      const worker = this.#workers.get(uid);
      if (worker) worker.update(pod);
      else if (sandboxes.has(uid)) this.#endStatic(pod, key);
      // A pod on a node that is not there waits for it.
      else if (this.#node(pod.spec.nodeName ?? '')) this.#start(pod, pod.spec.nodeName ?? '');
    }
  }

  #start(pod: PodObject, nodeName: string): void {
    const { phase } = pod.status ?? {};
    if (phase === 'Succeeded' || phase === 'Failed') return;
    const { addresses } = this.#options;
    const hostIp = this.#addressOf(nodeName);
    const podIp = pod.spec.hostNetwork === true && hostIp !== undefined ? hostIp : addresses.nextPodIp();
    const pulled = this.#pulled.get(nodeName) ?? new Set<string>();
    this.#pulled.set(nodeName, pulled);
    const nodeIsReady = () => this.#readinessOf(nodeName) !== 'False' && this.#readinessOf(nodeName) !== 'Unknown';
    const worker = new PodWorker({
      ...{ ...this.#options, clock: this.#clock },
      ...{ pod, nodeName, podIp, hostIp, pulled, nodeIsReady },
    });
    this.#workers.set(pod.metadata.uid, worker);
    worker.start();
    if (pod.metadata.deletionTimestamp !== undefined) worker.update(pod);
  }

  /** A static pod ends at once; with finalizers its object stays. */
  #endStatic({ metadata }: PodObject, key: ObjectKey): void {
    if (metadata.deletionTimestamp === undefined || this.#held.has(metadata.uid)) return;
    const { store, sandboxes } = this.#options;
    if ((metadata.finalizers ?? []).length === 0) store.remove(key);
    else sandboxes.remove(metadata.uid);
  }

  #forget(uid: string): void {
    this.#changed.delete(uid);
    this.#workers.get(uid)?.dispose();
    this.#workers.delete(uid);
    this.#options.sandboxes.remove(uid);
    this.#options.logs.remove(uid);
  }

  #addressOf(nodeName: string): string | undefined {
    const { addresses } = fieldsOf(this.#node(nodeName)?.status);
    const address = listOf(addresses).find(({ type }) => type === 'InternalIP')?.address;
    return typeof address === 'string' ? address : undefined;
  }

  #readinessOf(nodeName: string): unknown {
    const { conditions } = fieldsOf(this.#node(nodeName)?.status);
    return listOf(conditions).find(({ type }) => type === 'Ready')?.status;
  }

  #node(name: string) {
    return this.#options.store.get({ kind: builtInKind('Node'), namespace: undefined, name });
  }
}
