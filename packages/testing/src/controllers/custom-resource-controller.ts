import { type Clock, timestamp } from '../clock/clock.ts';
import { versionForm } from '../custom/version-form.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';
import { deleteObject } from '../objects/delete-object.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { Condition, KubernetesObject } from '../state/kubernetes-object.ts';
import { apiVersionOf, type ResourceKind } from '../state/resource-kind.ts';
import { changeStatus } from './change-status.ts';
import type { ControllerContext } from './controller-context.ts';
import { customKinds } from './custom-kind.ts';
import { listOf } from './read-field.ts';
import { removeFinalizer } from './remove-finalizer.ts';
import { runController } from './run-controller.ts';

const DEFINITION = builtInKind('CustomResourceDefinition');
/** Holds a definition until its objects are gone. */
const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

/**
 * Makes the kinds of every CustomResourceDefinition known, in every version that is served, and deletes their objects with it. The versions
 * show the same objects; between them only fields that one does not have are lost (conversion strategy `None`).
 */
export function runCustomResourceController({
  store,
  clock,
  signal,
}: Omit<ControllerContext, 'names' | 'events'>): void {
  /** By the name of their definition. */
  const registered = new Map<string, ResourceKind[]>();
  runController({ store, signal, controller: { affectedBy, reconcile } });

  function* affectedBy({ type, kind, object }: StoreEvent): Iterable<string> {
    if (kind === DEFINITION) yield object.metadata.name;
    if (kind.isCustom === true && type === 'DELETED') yield `${kind.resource}.${kind.group}`;
  }

  function reconcile(name: string): void {
    const definition = find(name);
    if (!definition) forget(name);
    else if (definition.metadata.deletionTimestamp === undefined) establish(definition);
    else if (definition.metadata.finalizers?.includes(CLEANUP)) cleanUp(definition);
  }

  function find(name: string): KubernetesObject | undefined {
    return store.get({ kind: DEFINITION, namespace: undefined, name });
  }

  function establish(definition: KubernetesObject): void {
    const { name, finalizers = [] } = definition.metadata;
    const conflict = register(name, definition);
    const held = finalizers.includes(CLEANUP) ? finalizers : [...finalizers, CLEANUP];
    store.replace({ ...definition, metadata: { ...definition.metadata, finalizers: held } });
    changeStatus({ store, object: definition, status: establishedStatus({ definition, conflict, clock }) });
  }

  /**
   * A kind stays the same object, so that what is stored under it stays. Of several versions the first in the list is the one under which
   * objects are kept, for as long as it is served.
   *
   * @returns the name that is taken, if one is
   */
  function register(name: string, definition: KubernetesObject): string | undefined {
    const known = registered.get(name) ?? [];
    const { kinds, storage } = customKinds(definition, known);
    const served: ResourceKind[] = [];
    for (const kind of kinds) {
      const before = known.find((one) => one.version === kind.version && one.kind === kind.kind);
      if (before) {
        served.push(Object.assign(before, kind));
        continue;
      }
      const { group, version } = kind;
      const conflict =
        store.kinds.findResource(kind) ?? store.kinds.find({ apiVersion: `${group}/${version}`, kind: kind.kind });
      if (conflict && !known.includes(conflict)) return kind.kind;
      if (conflict) take(conflict);
      store.kinds.register(kind);
      served.push(kind);
    }
    const [home] = known;
    served.sort((one, other) => Number(other === home) - Number(one === home));
    const [kept] = served;
    if (home && kept && kept !== home) move(home, kept);
    for (const kind of known) if (!served.includes(kind)) take(kind);
    const isOne = served.length === 1;
    for (const kind of served) {
      Object.assign(kind, { storedAs: kept && !isOne ? versionForm({ served: kind, kept, storage }) : undefined });
    }
    registered.set(name, served);
    return undefined;
  }

  /** Keeps the objects of one version as those of another. They stay who they are. */
  function move(from: ResourceKind, to: ResourceKind): void {
    for (const object of store.list({ kind: from })) {
      const { namespace, name } = object.metadata;
      store.batch(() => {
        store.remove({ kind: from, namespace, name });
        store.add({ ...object, apiVersion: apiVersionOf(to), kind: to.kind });
      });
    }
  }

  function cleanUp(definition: KubernetesObject): void {
    const { name } = definition.metadata;
    const left = (registered.get(name) ?? []).flatMap((kind) =>
      store.list({ kind }).map((object) => ({ kind, object })),
    );
    for (const { kind, object } of left) {
      const { namespace, deletionTimestamp } = object.metadata;
      if (deletionTimestamp === undefined) {
        deleteObject({ store, clock, key: { kind, namespace, name: object.metadata.name } });
      }
    }
    const isEmpty = (registered.get(name) ?? []).every((kind) => store.list({ kind }).length === 0);
    if (isEmpty) removeFinalizer({ store, object: definition, finalizer: CLEANUP });
    else changeStatus({ store, object: definition, status: terminatingStatus(definition, clock) });
  }

  function forget(name: string): void {
    for (const kind of registered.get(name) ?? []) take(kind);
    registered.delete(name);
  }

  function take(kind: ResourceKind): void {
    for (const { metadata } of store.list({ kind })) {
      store.remove({ kind, namespace: metadata.namespace, name: metadata.name });
    }
    store.kinds.unregister(kind);
  }
}

function establishedStatus(options: {
  readonly definition: KubernetesObject;
  readonly conflict: string | undefined;
  readonly clock: Clock;
}): Readonly<Record<string, unknown>> {
  const { definition, conflict, clock } = options;
  const { names, versions } = fieldsOf(definition.spec);
  const stored = listOf(versions)
    .map(fieldsOf)
    .find(({ storage }) => storage === true);
  const before = fieldsOf(definition.status);
  const earlier = listOf(before.storedVersions);
  const isAccepted = conflict === undefined;
  const conditions = [
    { type: 'NamesAccepted', reason: 'NoConflicts', message: 'no conflicts found' },
    { type: 'Established', reason: 'InitialNamesAccepted', message: 'the initial names have been accepted' },
  ].map((condition) => ({ ...condition, status: 'True' as const }));
  const refused = [
    { type: 'NamesAccepted', reason: 'KindConflict', message: `"${conflict}" is already in use` },
    { type: 'Established', reason: 'NotAccepted', message: 'not all names are accepted' },
  ].map((condition) => ({ ...condition, status: 'False' as const }));
  return {
    conditions: withConditions(before, isAccepted ? conditions : refused, clock),
    acceptedNames: isAccepted ? names : { kind: '', plural: '' },
    storedVersions: !stored || earlier.includes(stored.name) ? earlier : [...earlier, stored.name],
  };
}

function terminatingStatus(definition: KubernetesObject, clock: Clock): Readonly<Record<string, unknown>> {
  const before = fieldsOf(definition.status);
  const message = 'CustomResource deletion is in progress';
  const condition = { type: 'Terminating', status: 'True', reason: 'InstanceDeletionInProgress', message } as const;
  return { ...before, conditions: withConditions(before, [condition], clock) };
}

function withConditions(
  before: Readonly<Record<string, unknown>>,
  wanted: readonly Condition[],
  clock: Clock,
): readonly Condition[] {
  const known = listOf(before.conditions) as readonly Condition[];
  const kept = known.filter(({ type }) => !wanted.some((condition) => condition.type === type));
  const changed = wanted.map((condition) => {
    const same = known.find(({ type, status }) => type === condition.type && status === condition.status);
    return { lastTransitionTime: same?.lastTransitionTime ?? timestamp(clock), ...condition };
  });
  return [...kept, ...changed];
}
