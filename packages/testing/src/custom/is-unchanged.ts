import { isDeepStrictEqual } from 'node:util';
import { isFields } from '../documents/fields.ts';

/** Whether the part of a value that a way leads to is as it was before. Items of lists have no identity: their whole list counts. */
export function isUnchanged(before: unknown, after: unknown, steps: readonly string[]): boolean {
  let [was, is] = [before, after];
  for (const step of steps) {
    if (!isFields(was) || !isFields(is)) break;
    [was, is] = [Object.hasOwn(was, step) ? was[step] : undefined, Object.hasOwn(is, step) ? is[step] : undefined];
  }
  return isDeepStrictEqual(was, is);
}
