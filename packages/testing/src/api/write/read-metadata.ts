import { badRequest } from '../../errors/statuses.ts';
import { isFields } from '../../objects/defaults/fields.ts';
import type { ObjectMeta } from '../../state/kubernetes-object.ts';

const TEXTS = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion'] as const;
const MAPS = ['labels', 'annotations'] as const;
const LISTS = ['ownerReferences', 'finalizers', 'managedFields'] as const;

/**
 * The metadata of an object that a client sent: `null` counts as absent.
 *
 * @throws StatusError 400 for fields of another type than they have.
 */
export function readMetadata(value: unknown): Partial<ObjectMeta> {
  if (value === undefined || value === null) return {};
  if (!isFields(value)) throw wrongType('metadata', 'an object');
  const given = Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null && field !== undefined));
  for (const name of TEXTS) {
    if (given[name] !== undefined && typeof given[name] !== 'string') throw wrongType(`metadata.${name}`, 'a string');
  }
  for (const name of MAPS) {
    const map = given[name] ?? {};
    const isMap = isFields(map) && Object.values(map).every((text) => typeof text === 'string');
    if (!isMap) throw wrongType(`metadata.${name}`, 'a map of strings');
  }
  for (const name of LISTS) {
    if (given[name] !== undefined && !Array.isArray(given[name])) throw wrongType(`metadata.${name}`, 'a list');
  }
  return given as Partial<ObjectMeta>;
}

function wrongType(field: string, expected: string): Error {
  return badRequest(`the object provided cannot be decoded: ${field} must be ${expected}`);
}
