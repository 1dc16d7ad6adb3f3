import { type Clock, timestamp } from '../clock/clock.ts';
import type { EventRecorder, RecordedEvent } from '../objects/event-recorder.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { PodObject } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';

/** The object of one pod in the store. Once it is gone nothing here does anything, even if another pod has its name. */
export class StoredPod {
  readonly uid: string;
  readonly key: ObjectKey;
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #events: EventRecorder;

  constructor(options: { pod: PodObject; store: ObjectStore; clock: Clock; events: EventRecorder }) {
    const { uid, name, namespace } = options.pod.metadata;
    this.uid = uid;
    this.key = { kind: builtInKind('Pod'), namespace, name };
    this.#store = options.store;
    this.#clock = options.clock;
    this.#events = options.events;
  }

  /** The object as it is now; `undefined` when it is gone. */
  get current(): PodObject | undefined {
    const pod = this.#store.get(this.key) as PodObject | undefined;
    return pod?.metadata.uid === this.uid ? pod : undefined;
  }

  /** Whether it has succeeded or failed, or is gone. */
  get isOver(): boolean {
    const phase = this.current?.status.phase;
    return phase === undefined || phase === 'Succeeded' || phase === 'Failed';
  }

  /** Writes its status. */
  writeStatus(status: PodObject['status']): void {
    const pod = this.current;
    if (pod) this.#store.replace({ ...pod, status });
  }

  /** Records an event about it, in the name of the kubelet. */
  record(event: Omit<RecordedEvent, 'about' | 'component'>): void {
    const about = this.current;
    if (about) this.#events.record({ ...event, about, component: 'kubelet' });
  }

  /** Asks it to end within a grace in milliseconds; without one it is gone at once, unless finalizers hold it. */
  delete(graceMs: number): void {
    const pod = this.current;
    if (!pod) return;
    if (graceMs <= 0 && (pod.metadata.finalizers ?? []).length === 0) {
      this.#store.remove(this.key);
      return;
    }
    const deletionTimestamp = timestamp({ now: () => this.#clock.now() + graceMs });
    const deletionGracePeriodSeconds = Math.ceil(graceMs / 1000);
    this.#store.replace({ ...pod, metadata: { ...pod.metadata, deletionTimestamp, deletionGracePeriodSeconds } });
  }

  /** Removes it after its containers have ended; finalizers hold it, with nothing left to wait for. */
  remove(): void {
    const pod = this.current;
    if (!pod) return;
    if ((pod.metadata.finalizers ?? []).length === 0) this.#store.remove(this.key);
    else this.#store.replace({ ...pod, metadata: { ...pod.metadata, deletionGracePeriodSeconds: 0 } });
  }
}
