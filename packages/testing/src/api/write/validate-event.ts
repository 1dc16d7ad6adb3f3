import { isDeepStrictEqual } from 'node:util';
import { invalid, invalidValue, required } from '../../errors/invalid.ts';
import type { StatusCause } from '../../errors/status-error.ts';
import { fieldsOf } from '../../objects/defaults/fields.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';

const NEEDED = ['eventTime', 'reportingController', 'reportingInstance', 'action', 'reason'];
/** Fields by the name that refusals have for them. */
const CONTENT: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...NEEDED, 'related', 'type'].map((name) => [name, name])),
  regarding: 'involvedObject',
  note: 'message',
};
/** Fields of the past, which new events leave empty. */
const PAST: Readonly<Record<string, string>> = {
  deprecatedFirstTimestamp: 'firstTimestamp',
  deprecatedLastTimestamp: 'lastTimestamp',
  deprecatedCount: 'count',
  deprecatedSource: 'source',
};
const LONGEST_NOTE = 1024;

/**
 * Checks an event of `events.k8s.io`, which is stricter than the core group: a new one says all that there is to say, and later only its
 * series changes.
 *
 * @throws StatusError 422 that names everything that is wrong.
 */
export function validateEvent(change: {
  readonly object: ObjectInput;
  readonly kind: ResourceKind;
  readonly before?: KubernetesObject | undefined;
}): void {
  const { object, kind, before } = change;
  if (kind.group !== 'events.k8s.io') return;
  const causes = before ? changed(before, object) : created(object);
  // The real server does not name the group here.
  if (causes.length > 0) throw invalid({ kind: kind.kind, group: '', name: object.metadata.name, causes });
}

function created(event: ObjectInput): readonly StatusCause[] {
  const { type, note } = event;
  const isLong = typeof note === 'string' && Buffer.byteLength(note) > LONGEST_NOTE;
  const isKnown = type === 'Normal' || type === 'Warning';
  return [
    ...NEEDED.filter((name) => isEmpty(event[name])).map((name) => required(name)),
    ...(isKnown ? [] : [invalidValue('type', '', `has invalid value: ${typeof type === 'string' ? type : ''}`)]),
    ...(isLong ? [invalidValue('message', '', `can have at most ${LONGEST_NOTE} characters`)] : []),
    ...Object.entries(PAST)
      .filter(([name]) => !isEmpty(event[name]))
      .map(([, told]) => invalidValue(told, '', 'needs to be unset')),
  ];
}

function changed(before: KubernetesObject, after: ObjectInput): readonly StatusCause[] {
  return Object.entries({ ...CONTENT, ...PAST })
    .filter(([name]) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null))
    .map(([name, told]) => invalidValue(told, after[name], 'field is immutable'));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return true;
  return typeof value === 'object' && Object.keys(fieldsOf(value)).length === 0;
}
