import { type Fields, isFields } from '../documents/fields.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';

/** The value at a path such as `.spec.replicas`; `undefined` where there is none. */
export function readPath(object: Fields, path: string): unknown {
  return stepsOf(path).reduce<unknown>(
    (value, name) => (isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    object,
  );
}

/** The object with a value at such a path. */
export function withPath(object: Fields, path: string, value: unknown): Fields {
  return set(object, stepsOf(path), value);
}

function set(object: Fields, [name = '', ...rest]: readonly string[], value: unknown): Fields {
  const inner = Object.hasOwn(object, name) ? fieldsOf(object[name]) : {};
  return { ...object, ...Object.fromEntries([[name, rest.length === 0 ? value : set(inner, rest, value)]]) };
}

function stepsOf(path: string): readonly string[] {
  return path.split('.').filter((name) => name !== '');
}
