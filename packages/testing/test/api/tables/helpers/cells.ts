import { objectTable, type TableRow } from '../../../../src/api/tables/object-table.ts';
import { builtInKind } from '../../../../src/state/built-in-kinds.ts';
import type { KubernetesObject, ObjectMeta } from '../../../../src/state/kubernetes-object.ts';
import type { ResourceKind } from '../../../../src/state/resource-kind.ts';

/** When the tables of these tests are made. */
export const NOW: number = Date.parse('2026-03-01T12:00:00Z');

/** A timestamp so many minutes before `NOW`. */
export function minutesAgo(minutes: number): string {
  return new Date(NOW - minutes * 60_000).toISOString().replace('.000Z', 'Z');
}

/** What the test says of an object; it is called `web` and was made five minutes before `NOW`. */
export interface ObjectFacts {
  readonly metadata?: Partial<ObjectMeta>;
  readonly [field: string]: unknown;
}

/** The row of one object of a built-in kind, or of the kind given. */
export function rowOf(kind: string | ResourceKind, { metadata, ...facts }: ObjectFacts): TableRow {
  const named = { name: 'web', uid: 'u', resourceVersion: '1', creationTimestamp: minutesAgo(5), ...metadata };
  const object: KubernetesObject = { apiVersion: 'v1', kind: 'Any', ...facts, metadata: named };
  const resolved = typeof kind === 'string' ? builtInKind(kind) : kind;
  const table = objectTable({
    kind: resolved,
    objects: [object],
    resourceVersion: '1',
    includeObject: 'None',
    now: NOW,
  });
  const [row] = table.rows;
  if (row === undefined) throw new Error('The table has no row');
  return row;
}

/** The cells of one object. */
export function cellsOf(kind: string | ResourceKind, facts: ObjectFacts): readonly unknown[] {
  return rowOf(kind, facts).cells;
}
