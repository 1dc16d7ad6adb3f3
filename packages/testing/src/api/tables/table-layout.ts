import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { age } from './human-duration.ts';

/** What can stand in a cell. */
export type Cell = string | number | boolean | null;

/** One column of a kind's table, and what stands in it. */
export interface Column {
  readonly name: string;
  /** What the server calls the type; cells of a `string` column are numbers or booleans all the same in some kinds. @default 'string' */
  readonly type?: string;
  /** Above 0: only shown with `-o wide`. @default 0 */
  readonly priority?: number;
  /** @param now milliseconds since the epoch */
  cell(object: KubernetesObject, now: number): Cell;
}

/** The columns of kinds, by `group/kind`; the core group is empty, as in `/Pod`. */
export type TableLayouts = Readonly<Record<string, readonly Column[]>>;

/** The column that names the object. */
export const NAME: Column = { name: 'Name', cell: (object) => object.metadata.name };

/** The column that says how long ago the object was made. */
export const AGE: Column = { name: 'Age', cell: (object, now) => age(object.metadata.creationTimestamp, now) };

/** The columns of the kinds that have none of their own; their time is no age. */
export const NAME_AND_TIME: readonly Column[] = [
  NAME,
  { name: 'Created At', type: 'date', cell: (object) => object.metadata.creationTimestamp },
];

/** What stands in a cell that has nothing to say. */
export const NONE = '<none>';

/** What stands in a cell for a field that is left out. */
export const UNSET = '<unset>';

/** Reads a field of an object whose shape is not known: `at(object, 'spec', 'replicas')`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return walk(value, path);
}

function walk(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

/** A number in a field, 0 when it is absent. */
export function count(value: unknown, ...path: readonly string[]): number {
  const found = walk(value, path);
  return typeof found === 'number' ? found : 0;
}

/** A number or a text in a field as text, or what to show without it. */
export function scalar(value: unknown, path: readonly string[], otherwise: string): string {
  const found = walk(value, path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : otherwise;
}

/** A text in a field, or what to show without it. */
export function text(value: unknown, path: readonly string[], otherwise: string = NONE): string {
  const found = walk(value, path);
  return typeof found === 'string' && found !== '' ? found : otherwise;
}

/** A list in a field, empty when it is absent. */
export function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = walk(value, path);
  return Array.isArray(found) ? found : [];
}

/** How many entries an object or a list in a field has. */
export function size(value: unknown, ...path: readonly string[]): number {
  const found = walk(value, path);
  return typeof found === 'object' && found !== null ? Object.keys(found).length : 0;
}

/** At most `max` of the values in one text, and how many more there are. */
export function firstFew(
  values: readonly string[],
  options: {
    readonly max: number;
    /** How many there are in all. @default the number of values */
    readonly total?: number;
    /** @default ',' */
    readonly separator?: string;
  },
): string {
  const { max, total = values.length, separator = ',' } = options;
  const shown = values.slice(0, max).join(separator);
  return total > max ? `${shown} + ${total - max} more...` : shown;
}
