import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { age } from './human-duration.ts';

/** One column of a kind's table, and what stands in it. */
export interface Column {
  readonly name: string;
  /** @default 'string' */
  readonly type?: 'string' | 'integer';
  /** Only shown with `-o wide`. @default false */
  readonly wide?: boolean;
  /** @param now milliseconds since the epoch */
  cell(object: KubernetesObject, now: number): string | number;
}

/** The column that names the object. */
export const NAME: Column = { name: 'Name', cell: (object) => object.metadata.name };

/** The column that says how long ago the object was made. */
export const AGE: Column = { name: 'Age', cell: (object, now) => age(object.metadata.creationTimestamp, now) };

/** What stands in a cell that has nothing to say. */
export const NONE = '<none>';

/** Reads a field of an object whose shape is not known: `at(object, 'spec', 'replicas')`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (current, name) =>
      typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[name] : undefined,
    value,
  );
}

/** A number in a field, 0 when it is absent. */
export function count(value: unknown, ...path: readonly string[]): number {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : 0;
}

/** A number or a text in a field as text, or what to show without it. */
export function scalar(value: unknown, path: readonly string[], otherwise: string): string {
  const found = at(value, ...path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : otherwise;
}

/** A text in a field, or what to show without it. */
export function text(value: unknown, path: readonly string[], otherwise: string = NONE): string {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : otherwise;
}

/** A list in a field, empty when it is absent. */
export function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** `a=b,c=d`, or `<none>`. */
export function labelsText(value: unknown): string {
  const entries = Object.entries((value ?? {}) as Record<string, string>);
  return entries.length === 0 ? NONE : entries.map(([key, label]) => `${key}=${label}`).join(',');
}
