import type { KubernetesObject, ObjectInput } from './kubernetes-object.ts';
import type { ResourceKind, StoredForm } from './resource-kind.ts';

/** What `events.k8s.io` calls otherwise than the core group, by the name there (KEP-383). */
const CORE_NAMES: ReadonlyMap<string, string> = new Map([
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
]);
const OWN_NAMES: ReadonlyMap<string, string> = new Map([...CORE_NAMES].map(([own, core]) => [core, own]));

/** The events of `events.k8s.io/v1`, which are those of the core group in other words. */
export function otherEvents(kinds: readonly ResourceKind[]): readonly ResourceKind[] {
  const events = kinds.filter(({ group, kind }) => group === '' && kind === 'Event');
  return events.map((event) => ({ ...event, group: 'events.k8s.io', storedAs: eventForm(event) }));
}

function eventForm(kind: ResourceKind): StoredForm {
  return {
    kind,
    toStored: (object) => ({ ...(renamed(object, CORE_NAMES) as ObjectInput), apiVersion: 'v1' }),
    fromStored: (object) => ({ ...(renamed(object, OWN_NAMES) as KubernetesObject), apiVersion: 'events.k8s.io/v1' }),
  };
}

function renamed(object: ObjectInput, names: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).map(([name, field]) => [names.get(name) ?? name, field]));
}
