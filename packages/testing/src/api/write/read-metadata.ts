import { isFields } from '../../documents/fields.ts';
import { badRequest } from '../../errors/statuses.ts';
import type { ObjectMeta } from '../../state/kubernetes-object.ts';

const TEXTS = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion'] as const;
const MAPS = ['labels', 'annotations'] as const;
const LISTS = [
  ['ownerReferences', 'objects', isFields],
  ['managedFields', 'objects', isFields],
  ['finalizers', 'strings', (item: unknown) => typeof item === 'string'],
] as const;

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
  for (const [name, what, isItem] of LISTS) {
    const list = given[name] ?? [];
    if (!Array.isArray(list) || !list.every(isItem)) throw wrongType(`metadata.${name}`, `a list of ${what}`);
  }
  return given;
}

function wrongType(field: string, expected: string): Error {
  return badRequest(`the object provided cannot be decoded: ${field} must be ${expected}`);
}
