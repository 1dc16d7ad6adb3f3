import { type Clock, timestamp } from '../clock/clock.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';

/** How many events are kept. */
const MAX_EVENTS = 5000;

/** Something that happened to an object, as `kubectl describe` and `kubectl events` tell it. */
export interface RecordedEvent {
  readonly about: KubernetesObject;
  /** @default 'Normal' */
  readonly type?: 'Normal' | 'Warning';
  /** A word such as `Scheduled`. */
  readonly reason: string;
  readonly message: string;
  /** Who says so, such as `kubelet`. */
  readonly component: string;
  /** The part of the object, such as `spec.containers{main}`. */
  readonly fieldPath?: string;
}

/** Writes events into the cluster; what happens again is counted. */
export class EventRecorder {
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #names = new Map<string, string>();
  readonly #kept: { readonly identity: string; readonly key: ObjectKey }[] = [];
  #recorded = 0;

  constructor({ store, clock }: { readonly store: ObjectStore; readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Records an event in the namespace of its object, in `default` for objects without one; nowhere when that is gone. */
  record(event: RecordedEvent): void {
    const namespace = event.about.metadata.namespace ?? 'default';
    if (!this.#store.get({ kind: builtInKind('Namespace'), namespace: undefined, name: namespace })) return;
    const now = timestamp(this.#clock);
    const identity = JSON.stringify([event.about.metadata.uid, event.reason, event.message]);
    const earlier = this.#find(identity, namespace);
    if (earlier) {
      this.#store.replace({ ...earlier, count: Number(earlier.count) + 1, lastTimestamp: now });
      return;
    }
    this.#recorded += 1;
    const { about, type = 'Normal', reason, message, component, fieldPath } = event;
    const { name, uid, resourceVersion } = about.metadata;
    // The name of the object, a dot, and a number that is never used twice; real servers take the time in nanoseconds.
    const number = (this.#clock.now() * 1000 + this.#recorded).toString(16).padStart(16, '0');
    const added = this.#store.add({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${number}`, namespace },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name,
        namespace,
        uid,
        resourceVersion,
        fieldPath,
      },
      reason,
      message,
      source: { component },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: component,
      reportingInstance: '',
    });
    this.#keep(identity, added);
  }

  #find(identity: string, namespace: string): KubernetesObject | undefined {
    const name = this.#names.get(identity);
    return name === undefined ? undefined : this.#store.get({ kind: builtInKind('Event'), namespace, name });
  }

  /** Real servers forget events after an hour; here the oldest give way. */
  #keep(identity: string, { metadata }: KubernetesObject): void {
    this.#names.set(identity, metadata.name);
    this.#kept.push({
      identity,
      key: { kind: builtInKind('Event'), namespace: metadata.namespace, name: metadata.name },
    });
    const oldest = this.#kept.length > MAX_EVENTS ? this.#kept.shift() : undefined;
    if (!oldest) return;
    this.#names.delete(oldest.identity);
    if (this.#store.get(oldest.key)) this.#store.remove(oldest.key);
  }
}
