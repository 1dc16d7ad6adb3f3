import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import { controllerOf } from './owner-reference.ts';

/** Finds the objects of one kind by who controls them, without going through all of them. */
export class ControlledObjects {
  readonly #store: ObjectStore;
  readonly #kind: ResourceKind;
  readonly #groups = new Map<string, Map<string, KubernetesObject['metadata']>>();

  constructor(options: { readonly store: ObjectStore; readonly kind: ResourceKind; readonly signal: AbortSignal }) {
    const { store, kind, signal } = options;
    this.#store = store;
    this.#kind = kind;
    for (const object of store.list({ kind })) this.#put(object);
    const unsubscribe = store.subscribe((event) => {
      if (event.kind !== kind) return;
      const stays = event.type !== 'DELETED' && event.previous && groupOf(event.previous) === groupOf(event.object);
      if (event.previous && !stays) this.#take(event.previous);
      if (event.type !== 'DELETED') this.#put(event.object);
    });
    signal.addEventListener('abort', unsubscribe, { once: true });
  }

  /** What an object controls, as it is now, the earliest first. */
  of({ metadata }: KubernetesObject): readonly KubernetesObject[] {
    return this.#group(metadata.uid);
  }

  /** What nobody controls in a namespace. */
  orphansIn(namespace: string | undefined): readonly KubernetesObject[] {
    return this.#group(orphanGroup(namespace));
  }

  #group(group: string): readonly KubernetesObject[] {
    const found: KubernetesObject[] = [];
    for (const { namespace, name, uid } of this.#groups.get(group)?.values() ?? []) {
      const object = this.#store.get({ kind: this.#kind, namespace, name });
      if (object?.metadata.uid === uid) found.push(object);
    }
    return found;
  }

  #put(object: KubernetesObject): void {
    const group = groupOf(object);
    const members = this.#groups.get(group) ?? new Map<string, KubernetesObject['metadata']>();
    this.#groups.set(group, members.set(object.metadata.uid, object.metadata));
  }

  #take(object: KubernetesObject): void {
    const group = groupOf(object);
    const members = this.#groups.get(group);
    members?.delete(object.metadata.uid);
    if (members?.size === 0) this.#groups.delete(group);
  }
}

function groupOf(object: KubernetesObject): string {
  return controllerOf(object)?.uid ?? orphanGroup(object.metadata.namespace);
}

function orphanGroup(namespace: string | undefined): string {
  return `orphans in ${namespace ?? ''}`;
}
