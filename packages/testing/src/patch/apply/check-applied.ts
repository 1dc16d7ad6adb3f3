import { StatusError } from '../../errors/status-error.ts';
import { badRequest } from '../../errors/statuses.ts';
import { isObject, type JsonObject, ownField, textField } from '../json-value.ts';
import { type FieldKind, type FieldKinds, isNamedField } from './field-kind.ts';
import { elementText, type FieldPath, fieldNameOf, pathText } from './path-element.ts';
import { managedFieldsOf } from './unowned-fields.ts';
import { partsOf } from './value-parts.ts';

/** What a client applies, and the kind of object that the path of the request names. */
export interface AppliedObject {
  readonly applied: JsonObject;
  readonly fieldManager: string;
  readonly kind: FieldKind;
  readonly kinds: FieldKinds;
}

/**
 * Checks what only an apply demands.
 *
 * @throws StatusError 422 without a field manager, 400 with managedFields, 500 for fields that the schema does not have and items
 *   with the same keys (as a real server answers)
 */
export function checkApplied({ applied, fieldManager, kind, kinds }: AppliedObject): void {
  if (fieldManager === '') throw managerRequired();
  const managedFields = managedFieldsOf(applied);
  if (managedFields !== undefined && managedFields !== null) throw badRequest('metadata.managedFields must be nil');
  const faults = [...faultsOf({ kind, value: applied, kinds, path: [] })];
  if (faults.length === 0) return;
  const text = faults.length === 1 ? faults[0] : ['errors:', ...faults.map((fault) => `  ${fault}`)].join('\n');
  const message = `failed to create typed patch object (${nameOf(applied)}): ${text}`;
  throw new StatusError({ code: 500, reason: 'InternalError', message });
}

interface Walk {
  readonly kind: FieldKind;
  readonly value: unknown;
  readonly kinds: FieldKinds;
  readonly path: FieldPath;
}

function* faultsOf({ kind, value, kinds, path }: Walk): Generator<string> {
  const seen = new Set<string>();
  for (const part of partsOf({ kind, value, kinds })) {
    const partPath = [...path, part.element];
    const name = fieldNameOf(part.element);
    if (kind.kind === 'struct' && name !== undefined && !isNamedField(kind, name)) {
      yield `${pathText(partPath)}: field not declared in schema`;
    } else if (seen.has(part.element)) {
      yield `${pathText(path)}: duplicate entries for key ${elementText(part.element)}`;
    } else if (part.element === 'k:{}') {
      yield `${pathText(path)}: associative list with keys has an element that omits all key fields`;
    } else {
      yield* faultsOf({ kind: part.kind, value: part.value, kinds, path: partPath });
    }
    seen.add(part.element);
  }
}

/** As Go prints namespace, name and kind in front of such an error. */
function nameOf(object: JsonObject): string {
  const metadata = ownField(object, 'metadata');
  const text = (name: string) => (isObject(metadata) ? textField(metadata, name) : '');
  const [apiVersion, kind] = [textField(object, 'apiVersion'), textField(object, 'kind')];
  const groupVersion = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  return `${text('namespace')}/${text('name')}; ${groupVersion}, Kind=${kind}`;
}

function managerRequired(): StatusError {
  const cause = 'Required value: is required for apply patch';
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${cause}`,
    details: {
      group: 'meta.k8s.io',
      kind: 'PatchOptions',
      causes: [{ reason: 'FieldValueRequired', message: cause, field: 'fieldManager' }],
    },
  });
}
