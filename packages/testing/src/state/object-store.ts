import { randomUUID } from 'node:crypto';
import { type Clock, timestamp } from '../clock/clock.ts';
import { StatusError } from '../errors/status-error.ts';
import { alreadyExists, notFound } from '../errors/statuses.ts';
import { EventHistory, type StoreEvent } from './event-history.ts';
import { frozenCopy } from './frozen-copy.ts';
import { generationOf } from './generation-of.ts';
import type { KubernetesObject, ObjectInput } from './kubernetes-object.ts';
import type { ResourceKind } from './resource-kind.ts';
import type { ResourceKinds } from './resource-kinds.ts';
import { type StoreListener, StoreListeners } from './store-listeners.ts';

/** Revisions start here, so that no test takes 0, which has a meaning of its own, for a version. */
const FIRST_REVISION = 1000;

/** Names one object in the store; `namespace` is `undefined` for kinds without one. */
export interface ObjectKey {
  readonly kind: ResourceKind;
  readonly namespace: string | undefined;
  readonly name: string;
}

/**
 * Every object of the simulated cluster, under one growing revision as in etcd. What goes in is copied; what comes out is frozen.
 */
export class ObjectStore {
  readonly kinds: ResourceKinds;
  readonly #objects = new Map<ResourceKind, Map<string, KubernetesObject>>();
  readonly #latest = new Map<ResourceKind, KubernetesObject>();
  readonly #listeners = new StoreListeners();
  readonly #history: EventHistory;
  readonly #clock: Clock;
  readonly #makeUid: () => string;
  #revision = FIRST_REVISION;

  /** @param options `historyLimit`: how many changes a watch can go back; `makeUid`: random ones by default. */
  constructor(options: {
    readonly historyLimit: number;
    readonly kinds: ResourceKinds;
    readonly clock: Clock;
    readonly makeUid?: () => string;
  }) {
    this.#history = new EventHistory({ limit: options.historyLimit, firstRevision: FIRST_REVISION });
    this.kinds = options.kinds;
    this.#clock = options.clock;
    this.#makeUid = options.makeUid ?? randomUUID;
  }

  /** A uid that no object has. */
  newUid(): string {
    return this.#makeUid();
  }

  /** The revision of the latest change. */
  get revision(): number {
    return this.#revision;
  }

  /** The object of that name, if there is one. */
  get({ kind, namespace, name }: ObjectKey): KubernetesObject | undefined {
    return this.#objects.get(kind)?.get(keyText(namespace, name));
  }

  /** Every object of a kind, by namespace and name; of all namespaces when none is given. */
  list({ kind, namespace }: { kind: ResourceKind; namespace?: string | undefined }): readonly KubernetesObject[] {
    const all = [...(this.#objects.get(kind) ?? [])];
    return (namespace === undefined ? all : all.filter(([, object]) => object.metadata.namespace === namespace))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object);
  }

  /**
   * Adds an object and fills in `uid`, `creationTimestamp`, `resourceVersion` and, where the kind has one, `generation`.
   *
   * @throws StatusError 409 `AlreadyExists`, 400 for a kind that the server does not know.
   */
  add(input: ObjectInput): KubernetesObject {
    const key = this.keyOf(input);
    if (this.get(key)) throw alreadyExists({ ...key.kind, name: key.name });
    return this.#commit({ type: 'ADDED', key, object: this.preview(input), previous: undefined });
  }

  /**
   * Puts a new version in the place of an object; `uid` and `creationTimestamp` stay. Without a difference nothing happens.
   *
   * @throws StatusError 404 `NotFound`.
   */
  replace(input: ObjectInput): KubernetesObject {
    const key = this.keyOf(input);
    const previous = this.#mustGet(key);
    const object = this.preview(input);
    if (object === previous) return previous;
    return this.#commit({ type: 'MODIFIED', key, object, previous });
  }

  /**
   * Removes an object; watchers get it once more, with the revision of its removal.
   *
   * @throws StatusError 404 `NotFound`.
   */
  remove(key: ObjectKey): KubernetesObject {
    const previous = this.#mustGet(key);
    return this.#commit({ type: 'DELETED', key, object: previous, previous });
  }

  /** What {@link add} or {@link replace} would make of an object, without doing it. */
  preview(input: ObjectInput): KubernetesObject {
    const key = this.keyOf(input);
    const previous = this.get(key);
    const generation = key.kind.countsGenerations === true ? { generation: generationOf(input, previous) } : {};
    const next = {
      ...input,
      metadata: {
        ...input.metadata,
        uid: previous?.metadata.uid ?? input.metadata.uid ?? this.newUid(),
        creationTimestamp:
          previous?.metadata.creationTimestamp ?? input.metadata.creationTimestamp ?? timestamp(this.#clock),
        ...generation,
        resourceVersion: previous?.metadata.resourceVersion ?? '',
      },
    };
    // Objects made from one template have most of their parts in common with the latest one.
    return frozenCopy<KubernetesObject>(next, previous ?? this.#latest.get(key.kind));
  }

  /** Every change after a revision; {@link EventHistory.since}. */
  since(revision: number): readonly StoreEvent[] {
    return this.#history.since(revision);
  }

  /** Forgets the history, so that a watch from an earlier revision is answered with 410. */
  compact(): void {
    this.#history.compact(this.#revision);
  }

  /** Hears of every change, synchronously and in order, until the returned function is called. */
  subscribe(listener: StoreListener): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Calls back whenever every listener has heard of every change, and again as long as such a call makes changes, until the returned
   * function is called. Controllers do their work here, so that many changes at once cost them one round.
   */
  onSettled(callback: () => void): () => void {
    return this.#listeners.onSettled(callback);
  }

  /** Makes many changes; listeners hear of them, and controllers follow, when all are made. */
  batch<T>(work: () => T): T {
    return this.#listeners.hold(work);
  }

  /**
   * Where an object belongs.
   *
   * @throws StatusError 400 for an unknown kind, or a namespace that is missing or too much.
   */
  keyOf(input: ObjectInput): ObjectKey {
    const kind = this.kinds.find(input);
    if (!kind) {
      const message = `no kind "${input.kind}" is registered for version "${input.apiVersion}"`;
      throw new StatusError({ code: 400, reason: 'BadRequest', message });
    }
    const { name, namespace } = input.metadata;
    if (kind.namespaced !== (namespace !== undefined)) {
      const message = kind.namespaced ? `a ${kind.kind} needs a namespace` : `a ${kind.kind} has no namespace`;
      throw new StatusError({ code: 400, reason: 'BadRequest', message });
    }
    return { kind, namespace, name };
  }

  #mustGet(key: ObjectKey): KubernetesObject {
    const object = this.get(key);
    if (!object) throw notFound({ ...key.kind, name: key.name });
    return object;
  }

  #commit(change: Pick<StoreEvent, 'type' | 'previous' | 'object'> & { readonly key: ObjectKey }): KubernetesObject {
    const { type, key, previous } = change;
    this.#revision += 1;
    const metadata = { ...change.object.metadata, resourceVersion: String(this.#revision) };
    const object = frozenCopy<KubernetesObject>({ ...change.object, metadata }, change.object);
    const text = keyText(key.namespace, key.name);
    const objects = this.#objects.get(key.kind) ?? new Map<string, KubernetesObject>();
    this.#objects.set(key.kind, objects);
    if (type === 'DELETED') objects.delete(text);
    else objects.set(text, object);
    if (type === 'ADDED') this.#latest.set(key.kind, object);
    const event: StoreEvent = { type, kind: key.kind, object, previous, revision: this.#revision };
    this.#history.append(event);
    this.#listeners.tell(event);
    return object;
  }
}

/** The keys of etcd, whose order lists have. */
function keyText(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
