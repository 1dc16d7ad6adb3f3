import { isObject, type JsonObject, type MutableObject, ownField, setField } from '../json-value.ts';
import { compareValues } from './compare-values.ts';
import type { Conflicts } from './conflict-error.ts';
import type { FieldKind, FieldKinds } from './field-kind.ts';
import { FieldSet } from './field-set.ts';
import { ownedFields } from './owned-fields.ts';

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/** The field manager for which the server minds what `kubectl apply` without `--server-side` left in an annotation. */
export const KUBECTL = 'kubectl';

/** The conflicts that are left when kubectl may overwrite what it set itself before it applied on the server. */
export function conflictsBeyondLastApplied(options: {
  readonly conflicts: Conflicts;
  readonly live: JsonObject;
  readonly kind: FieldKind;
  readonly kinds: FieldKinds;
}): Conflicts {
  const { conflicts, ...rest } = options;
  const allowed = fieldsUnchangedSince(rest);
  return new Map(
    [...conflicts]
      .map(([key, fields]) => [key, fields.difference(allowed)] as const)
      .filter(([, fields]) => !fields.isEmpty),
  );
}

function fieldsUnchangedSince({
  live,
  kind,
  kinds,
}: {
  live: JsonObject;
  kind: FieldKind;
  kinds: FieldKinds;
}): FieldSet {
  const lastApplied = parseObject(annotationOf(live));
  if (lastApplied === undefined || ownField(lastApplied, 'apiVersion') !== ownField(live, 'apiVersion'))
    return FieldSet.empty;
  const { added, modified, removed } = compareValues({ kind, before: lastApplied, after: live, kinds });
  return ownedFields({ kind, value: lastApplied, kinds }).difference(added).difference(modified).difference(removed);
}

/** The object with the annotation brought up to date, if it has one, so that `kubectl apply` without `--server-side` goes on to work. */
export function withLastApplied({ object, applied }: { object: JsonObject; applied: JsonObject }): JsonObject {
  if (annotationOf(object) === '') return object;
  return withAnnotation(object, `${JSON.stringify(sorted(withAnnotation(applied, undefined)))}\n`);
}

function annotationOf(object: JsonObject): string {
  const annotations = annotationsOf(object);
  const value = ownField(annotations, ANNOTATION);
  return typeof value === 'string' ? value : '';
}

function annotationsOf(object: JsonObject): JsonObject {
  const metadata = ownField(object, 'metadata');
  const annotations = isObject(metadata) ? ownField(metadata, 'annotations') : undefined;
  return isObject(annotations) ? annotations : {};
}

function withAnnotation(object: JsonObject, value: string | undefined): JsonObject {
  const annotations: MutableObject = { ...annotationsOf(object) };
  delete annotations[ANNOTATION];
  if (value !== undefined) annotations[ANNOTATION] = value;
  const before = ownField(object, 'metadata');
  const metadata: MutableObject = { ...(isObject(before) ? before : {}) };
  delete metadata.annotations;
  if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
  return { ...object, metadata };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // An annotation that is no JSON allows nothing: clients may write into it what they like.
    return undefined;
  }
}

/** With the fields in the order of Go's encoder. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const result: MutableObject = {};
  for (const name of Object.keys(value).sort()) setField(result, name, sorted(ownField(value, name)));
  return result;
}
