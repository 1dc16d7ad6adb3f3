import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { age } from './human-duration.ts';
import { at, count, NAME, type TableLayouts, text } from './table-layout.ts';

const COLUMNS: TableLayouts[string] = [
  { name: 'Last Seen', cell: lastSeen },
  { name: 'Type', cell: (event) => text(event, ['type'], '') },
  { name: 'Reason', cell: (event) => text(event, ['reason'], '') },
  { name: 'Object', cell: subject },
  { name: 'Subobject', priority: 1, cell: (event) => text(about(event), ['fieldPath'], '') },
  { name: 'Source', priority: 1, cell: source },
  { name: 'Message', cell: (event) => (text(event, ['message'], '') || text(event, ['note'], '')).trim() },
  { name: 'First Seen', priority: 1, cell: firstSeen },
  { name: 'Count', priority: 1, cell: occurrences },
  { ...NAME, priority: 1 },
];

/** The columns of events in both groups, as the real API server prints them; what `events.k8s.io` calls otherwise is read there. */
export const EVENT_TABLES: TableLayouts = { '/Event': COLUMNS, 'events.k8s.io/Event': COLUMNS };

const about = (event: KubernetesObject) => at(event, 'involvedObject') ?? at(event, 'regarding');

function firstSeen(event: KubernetesObject, now: number): string {
  return age(at(event, 'firstTimestamp') ?? at(event, 'deprecatedFirstTimestamp') ?? at(event, 'eventTime'), now);
}

function lastSeen(event: KubernetesObject, now: number): string {
  const ofSeries = at(event, 'series', 'lastObservedTime');
  const last = ofSeries ?? at(event, 'lastTimestamp') ?? at(event, 'deprecatedLastTimestamp');
  return last === undefined || last === null ? firstSeen(event, now) : age(last, now);
}

function occurrences(event: KubernetesObject): number {
  const series = at(event, 'series');
  if (typeof series === 'object' && series !== null) return count(series, 'count');
  return count(event, 'count') || count(event, 'deprecatedCount') || 1;
}

function subject(event: KubernetesObject): string {
  const kind = text(about(event), ['kind'], '').toLowerCase();
  const name = text(about(event), ['name'], '');
  return name === '' ? kind : `${kind}/${name}`;
}

function source(event: KubernetesObject): string {
  const old = at(event, 'source') ?? at(event, 'deprecatedSource');
  const reporter = text(event, ['reportingComponent'], '') || text(event, ['reportingController'], '');
  const component = text(old, ['component'], reporter);
  const instance = text(old, ['host'], text(event, ['reportingInstance'], ''));
  return instance === '' ? component : `${component}, ${instance}`;
}
