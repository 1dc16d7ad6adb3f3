import { type Fields, isFields } from '../documents/fields.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** Every object has these, whatever its schema says. */
const OF_OBJECTS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);
/** The fields of `ObjectMeta`. */
const OF_METADATA: ReadonlySet<string> = new Set([
  ...['name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion', 'generation', 'creationTimestamp'],
  ...['deletionTimestamp', 'deletionGracePeriodSeconds', 'labels', 'annotations', 'ownerReferences', 'finalizers'],
  'managedFields',
]);

/** A value without the fields that its schema does not have. */
export interface PrunedObject {
  readonly object: Fields;
  /** Where the fields were that are gone, such as `spec.list[0].nope`. */
  readonly unknown: readonly string[];
}

/** Takes away what the schema of a custom resource does not have. What does not change is shared. */
export function pruneUnknown({ object, schema }: { object: Fields; schema: StructuralSchema }): PrunedObject {
  const [unknown, ofMetadata]: [string[], string[]] = [[], []];
  const pruned = prune(object, { ...schema, isEmbedded: true }, '') as Fields;
  return { object: pruned, unknown: [...ofMetadata.sort(), ...unknown.sort()] };

  function prune(value: unknown, known: StructuralSchema | undefined, path: string, isKept = false): unknown {
    if (Array.isArray(value)) {
      // What is kept in a list is kept in its items.
      const keeps = known?.keepsUnknown === true || isKept;
      return sharedMap(value, (item, index) => prune(item, known?.items, `${path}[${index}]`, keeps));
    }
    if (!isFields(value)) return value;
    const keeps = known?.keepsUnknown === true || isKept;
    return changedFields(value, (name, field) => {
      const at = path === '' ? name : `${path}.${name}`;
      if (known?.isEmbedded === true && OF_OBJECTS.has(name))
        return name === 'metadata' ? pruneMetadata(field, at) : field;
      const property = known?.properties.get(name);
      if (property) return prune(field, property, at);
      if (known?.additional) return prune(field, known.additional.schema, at);
      if (keeps) return field;
      unknown.push(at);
      return undefined;
    });
  }

  function pruneMetadata(metadata: unknown, path: string): unknown {
    if (!isFields(metadata)) return metadata;
    return changedFields(metadata, (name, field) => {
      if (OF_METADATA.has(name)) return field;
      ofMetadata.push(`${path}.${name}`);
      return undefined;
    });
  }
}

/** An object with its fields changed, without those that become `undefined`; itself where nothing does. */
export function changedFields(object: Fields, change: (name: string, field: unknown) => unknown): Fields {
  const entries = Object.entries(object).map(([name, field]) => [name, field, change(name, field)] as const);
  if (entries.every(([, before, after]) => before === after)) return object;
  return Object.fromEntries(entries.flatMap(([name, , after]) => (after === undefined ? [] : [[name, after]])));
}

/** A list with its items changed; itself where none does. */
export function sharedMap(
  list: readonly unknown[],
  change: (item: unknown, index: number) => unknown,
): readonly unknown[] {
  const changed = list.map(change);
  return changed.every((item, index) => item === list[index]) ? list : changed;
}
