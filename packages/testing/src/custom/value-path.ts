import { isFields } from '../documents/fields.ts';

/** Where a value is inside another, such as `spec.list[0].name`. */
export function valuePath(root: unknown, steps: readonly string[]): string {
  let value = root;
  let path = '';
  for (const step of steps) {
    if (Array.isArray(value)) path += `[${step}]`;
    else path += path === '' ? step : `.${step}`;
    value = stepInto(value, step);
  }
  return path;
}

/** The steps of a JSON pointer (RFC 6901). */
export function pointerSteps(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The field or the item of a value; `undefined` for one that it does not have itself. */
export function stepInto(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
