import { type FieldManager, type FieldManagers, managerKey, secondsOf } from './field-managers.ts';

const MOST_UPDATE_MANAGERS = 10;
const MERGED_MANAGER = 'ancient-changes';

/**
 * Merges the oldest managers other than those that apply into one named `ancient-changes`, version by version, until ten are left.
 */
export function capManagers(managers: FieldManagers): FieldManagers {
  const updaters = [...managers].filter(([, { operation }]) => operation === 'Update');
  let surplus = updaters.length - MOST_UPDATE_MANAGERS;
  if (surplus <= 0) return managers;
  const result = new Map(managers);
  const firstOfVersion = new Map<string, string>();
  for (const [key, entry] of updaters.sort(olderFirst)) {
    if (surplus <= 0) break;
    const first = firstOfVersion.get(entry.apiVersion);
    if (first === undefined) {
      firstOfVersion.set(entry.apiVersion, key);
      continue;
    }
    const merged: FieldManager = { ...entry, manager: MERGED_MANAGER, subresource: '' };
    const bucket = managerKey(merged);
    const before = result.get(bucket) ?? result.get(first);
    if (!result.has(bucket)) result.delete(first);
    result.set(bucket, { ...merged, fields: before === undefined ? entry.fields : entry.fields.union(before.fields) });
    if (key !== bucket) result.delete(key);
    surplus -= 1;
  }
  return result;
}

function olderFirst([leftKey, left]: [string, FieldManager], [rightKey, right]: [string, FieldManager]): number {
  return secondsOf(left) - secondsOf(right) || (leftKey < rightKey ? -1 : 1);
}
