import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { claimObjects } from './claim-objects.ts';
import { ControlledObjects } from './controlled-objects.ts';
import type { ControllerContext } from './controller-context.ts';
import { readSelector } from './object-selector.ts';
import { controllerOf } from './owner-reference.ts';
import { textsOf } from './read-field.ts';
import { runController } from './run-controller.ts';

/** How one kind of workload is brought to where its specification says. */
export interface Workload {
  readonly kind: string;
  /** The kind of what it makes. */
  readonly makes: string;
  /** What to look at after the change of another object: workloads of this kind, or what they have made. */
  readonly alsoAffectedBy?: (event: StoreEvent) => Iterable<KubernetesObject>;
  /**
   * Takes the next step.
   *
   * @returns after how many milliseconds to look again, though nothing has changed
   */
  readonly reconcile: (owner: KubernetesObject, owned: readonly KubernetesObject[]) => number | undefined;
}

function labelsOfTemplate({ spec }: KubernetesObject): Readonly<Record<string, string>> {
  return textsOf(fieldsOf(fieldsOf(fieldsOf(spec).template).metadata).labels);
}

/** Runs a controller whose objects make others and own them by a selector. What has no usable selector is left alone. */
export function runWorkloadController(context: ControllerContext, workload: Workload): void {
  const { store, clock, signal } = context;
  const [kind, makes] = [builtInKind(workload.kind), builtInKind(workload.makes)];
  const candidates = new ControlledObjects({ store, kind: makes, signal });
  const alarms = new Map<string, () => void>();

  function reconcile(key: string): void {
    alarms.get(key)?.();
    alarms.delete(key);
    const [namespace, name = ''] = key.split('/');
    const owner = store.get({ kind, namespace, name });
    const selects = readSelector(fieldsOf(owner?.spec).selector);
    // One that does not select what it would make would make more of it without end.
    if (!owner || !selects?.(labelsOfTemplate(owner))) return;
    const delayMs = workload.reconcile(owner, claimObjects({ store, owner, candidates, selects }));
    if (delayMs === undefined) return;
    const ring = () => store.batch(() => reconcile(key));
    alarms.set(key, clock.setTimeout(ring, delayMs));
  }

  /** Those that control an object; for one that nobody controls those that would take it. */
  function* ownersOf(object: KubernetesObject): Iterable<string> {
    const controller = controllerOf(object);
    if (controller?.kind === kind.kind) yield keyOf(object.metadata.namespace, controller.name);
    if (controller) return;
    for (const owner of store.list({ kind, namespace: object.metadata.namespace })) {
      if (readSelector(fieldsOf(owner.spec).selector)?.(object.metadata.labels)) {
        yield keyOf(owner.metadata.namespace, owner.metadata.name);
      }
    }
  }

  function* affectedBy(event: StoreEvent): Iterable<string> {
    const { object, previous } = event;
    if (event.kind === kind) yield keyOf(object.metadata.namespace, object.metadata.name);
    if (event.kind === makes) {
      yield* ownersOf(object);
      if (previous && previous !== object && previous.metadata.ownerReferences !== object.metadata.ownerReferences) {
        yield* ownersOf(previous);
      }
    }
    for (const other of workload.alsoAffectedBy?.(event) ?? []) {
      if (other.kind === kind.kind) yield keyOf(other.metadata.namespace, other.metadata.name);
      else yield* ownersOf(other);
    }
  }

  runController({ store, signal, controller: { affectedBy, reconcile } });
  signal.addEventListener('abort', () => alarms.forEach((cancel) => void cancel()), { once: true });
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
