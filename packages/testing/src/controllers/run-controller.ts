import type { StoreEvent } from '../state/event-history.ts';
import type { ObjectStore } from '../state/object-store.ts';

/** A loop that brings objects to where their specification says. */
export interface Controller {
  /** The keys of what to look at after a change: whatever {@link reconcile} understands, such as `namespace/name`. */
  affectedBy(event: StoreEvent): Iterable<string>;
  /** Looks at one key and takes the next step; called again after every change that affects it. */
  reconcile(key: string): void;
}

/** Runs a controller until the signal aborts: it works when all changes of a moment have been made, each key once, the oldest first. */
export function runController(options: {
  readonly store: ObjectStore;
  readonly signal: AbortSignal;
  readonly controller: Controller;
}): void {
  const { store, signal, controller } = options;
  const waiting = new Set<string>();
  const unsubscribe = store.subscribe((event) => {
    for (const key of controller.affectedBy(event)) waiting.add(key);
  });
  const leave = store.onSettled(() => {
    for (const key of [...waiting]) {
      waiting.delete(key);
      controller.reconcile(key);
    }
  });
  signal.addEventListener(
    'abort',
    () => {
      unsubscribe();
      leave();
    },
    { once: true },
  );
}
