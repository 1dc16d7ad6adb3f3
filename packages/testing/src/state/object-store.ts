import { randomUUID } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import { alreadyExists, notFound } from '../errors/statuses.ts';
import { deepFreeze } from './deep-freeze.ts';
import { EventHistory, type StoreEvent } from './event-history.ts';
import type { KubernetesObject, ObjectInput } from './kubernetes-object.ts';
import type { ResourceKind } from './resource-kind.ts';
import { findKind } from './resource-kinds.ts';

/** Revisions start here, so that no test takes 0, which has a meaning of its own, for a version. */
const FIRST_REVISION = 1000;

/** Names one object in the store; `namespace` is `undefined` for kinds without one. */
export interface ObjectKey {
  readonly kind: ResourceKind;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Hears of every change, synchronously and in order. */
export type StoreListener = (event: StoreEvent) => void;

/**
 * Every object of the simulated cluster, under one growing revision as in etcd. What goes in is copied; what comes out is frozen.
 */
export class ObjectStore {
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #listeners = new Set<StoreListener>();
  readonly #history: EventHistory;
  readonly #undelivered: StoreEvent[] = [];
  #delivering = false;
  #revision = FIRST_REVISION;

  /** @param options `historyLimit`: how many changes a watch can go back. */
  constructor({ historyLimit }: { historyLimit: number }) {
    this.#history = new EventHistory({ limit: historyLimit, firstRevision: FIRST_REVISION });
  }

  /** The revision of the latest change. */
  get revision(): number {
    return this.#revision;
  }

  /** The object of that name, if there is one. */
  get(key: ObjectKey): KubernetesObject | undefined {
    return this.#objects.get(keyText(key));
  }

  /** Every object of a kind, by namespace and name; of all namespaces when none is given. */
  list({ kind, namespace }: { kind: ResourceKind; namespace?: string | undefined }): readonly KubernetesObject[] {
    const prefix = `${kind.group}/${kind.resource}/`;
    return [...this.#objects]
      .filter(([key, object]) => key.startsWith(prefix) && (!namespace || object.metadata.namespace === namespace))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object);
  }

  /**
   * Adds an object and fills in `uid`, `creationTimestamp` and `resourceVersion`.
   *
   * @throws StatusError 409 `AlreadyExists`, 400 for a kind that the server does not know.
   */
  add(input: ObjectInput): KubernetesObject {
    const key = keyOf(input);
    if (this.get(key)) throw alreadyExists({ ...key.kind, name: key.name });
    return this.#commit({ type: 'ADDED', key, input, previous: undefined });
  }

  /**
   * Puts a new version in the place of an object; `uid` and `creationTimestamp` stay.
   *
   * @throws StatusError 404 `NotFound`.
   */
  replace(input: ObjectInput): KubernetesObject {
    const key = keyOf(input);
    return this.#commit({ type: 'MODIFIED', key, input, previous: this.#mustGet(key) });
  }

  /**
   * Removes an object; watchers get it once more, with the revision of its removal.
   *
   * @throws StatusError 404 `NotFound`.
   */
  remove(key: ObjectKey): KubernetesObject {
    const previous = this.#mustGet(key);
    return this.#commit({ type: 'DELETED', key, input: previous, previous });
  }

  /** Every change after a revision; {@link EventHistory.since}. */
  since(revision: number): readonly StoreEvent[] {
    return this.#history.since(revision);
  }

  /** Forgets the history, so that a watch from an earlier revision is answered with 410. */
  compact(): void {
    this.#history.compact(this.#revision);
  }

  /** Hears of every change until the returned function is called. */
  subscribe(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #mustGet(key: ObjectKey): KubernetesObject {
    const object = this.get(key);
    if (!object) throw notFound({ ...key.kind, name: key.name });
    return object;
  }

  #commit(change: Pick<StoreEvent, 'type' | 'previous'> & { key: ObjectKey; input: ObjectInput }): KubernetesObject {
    const { type, key, input, previous } = change;
    this.#revision += 1;
    const object = deepFreeze({
      ...structuredClone(input),
      metadata: {
        ...structuredClone(input.metadata),
        uid: previous?.metadata.uid ?? input.metadata.uid ?? randomUUID(),
        creationTimestamp:
          previous?.metadata.creationTimestamp ??
          input.metadata.creationTimestamp ??
          new Date().toISOString().replace(/\.\d+/, ''),
        resourceVersion: String(this.#revision),
      },
    });
    if (type === 'DELETED') this.#objects.delete(keyText(key));
    else this.#objects.set(keyText(key), object);
    const event: StoreEvent = { type, kind: key.kind, object, previous, revision: this.#revision };
    this.#history.append(event);
    this.#undelivered.push(event);
    this.#deliver();
    return object;
  }

  /** A listener may change the store: what it causes is told after what it was told, to every listener in the same order. */
  #deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (let event = this.#undelivered.shift(); event; event = this.#undelivered.shift()) {
        for (const listener of [...this.#listeners]) listener(event);
      }
    } finally {
      this.#delivering = false;
    }
  }
}

function keyText({ kind, namespace, name }: ObjectKey): string {
  return `${kind.group}/${kind.resource}/${namespace ?? ''}/${name}`;
}

/** Where an object belongs in the store. */
export function keyOf(input: ObjectInput): ObjectKey {
  const kind = findKind(input);
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
