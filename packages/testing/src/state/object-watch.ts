import type { StoreEvent } from './event-history.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { ObjectStore } from './object-store.ts';
import type { ResourceKind } from './resource-kind.ts';

/** One change as a watcher sees it, after its selection. */
export interface WatchedChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubernetesObject;
}

/** What a watch is about. */
export interface ObjectWatchOptions {
  readonly store: ObjectStore;
  readonly kind: ResourceKind;
  readonly selects: (object: KubernetesObject) => boolean;
  /** Changes after this revision are told. */
  readonly after: number;
  readonly onChange: (change: WatchedChange) => void;
}

/**
 * Tells every change of the selected objects after a revision, those of the past at once. An object that begins to match the selection is
 * told as `ADDED`, one that ceases to as `DELETED`.
 *
 * @returns a function that ends the watch
 * @throws StatusError 410 when the history does not reach back that far.
 */
export function watchObjects(options: ObjectWatchOptions): () => void {
  const { store, after, onChange } = options;
  const tell = (event: StoreEvent): void => {
    const change = event.revision > after ? selectedChange(event, options) : undefined;
    if (change) onChange(change);
  };
  for (const event of store.since(after)) tell(event);
  return store.subscribe(tell);
}

function selectedChange(event: StoreEvent, { kind, selects }: ObjectWatchOptions): WatchedChange | undefined {
  if (event.kind !== kind) return undefined;
  const { object, previous } = event;
  const matched = previous !== undefined && selects(previous);
  const matches = event.type !== 'DELETED' && selects(object);
  if (matches) return { type: matched ? 'MODIFIED' : 'ADDED', object };
  if (!matched) return undefined;
  // The watcher knew the object with its selected labels: it gets those, at the revision of the change.
  const last = { ...previous, metadata: { ...previous.metadata, resourceVersion: object.metadata.resourceVersion } };
  return { type: 'DELETED', object: event.type === 'DELETED' ? object : last };
}
