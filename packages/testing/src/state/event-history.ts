import { expired } from '../errors/statuses.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { ResourceKind } from './resource-kind.ts';

/** One change of one object. */
export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly kind: ResourceKind;
  readonly object: KubernetesObject;
  /** The object as it was before the change; absent for `ADDED`. */
  readonly previous: KubernetesObject | undefined;
  /** The resource version of the change. */
  readonly revision: number;
}

/** The latest changes, from which a watch that was interrupted goes on. */
export class EventHistory {
  readonly #limit: number;
  readonly #events: StoreEvent[] = [];
  #forgottenUpTo: number;

  /** @param options `limit`: how many changes are kept; `firstRevision`: the revision before the first change. */
  constructor({ limit, firstRevision }: { limit: number; firstRevision: number }) {
    this.#limit = limit;
    this.#forgottenUpTo = firstRevision;
  }

  append(event: StoreEvent): void {
    this.#events.push(event);
    while (this.#events.length > this.#limit) this.#forgetOldest();
  }

  /** Forgets everything up to and including a revision, as etcd does when it is compacted. */
  compact(revision: number): void {
    while (this.#events[0] !== undefined && this.#events[0].revision <= revision) this.#events.shift();
    this.#forgottenUpTo = Math.max(this.#forgottenUpTo, revision);
  }

  /**
   * Every change after a revision.
   *
   * @throws StatusError 410 `Expired` when some of them are forgotten.
   */
  since(revision: number): readonly StoreEvent[] {
    if (revision < this.#forgottenUpTo) throw expired({ asked: revision, oldest: this.#forgottenUpTo });
    return this.#events.filter((event) => event.revision > revision);
  }

  #forgetOldest(): void {
    const oldest = this.#events.shift();
    if (oldest) this.#forgottenUpTo = oldest.revision;
  }
}
