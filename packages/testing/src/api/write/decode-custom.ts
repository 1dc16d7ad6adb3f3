import type { ServerResponse } from 'node:http';
import { StatusError } from '../../errors/status-error.ts';
import { fieldsOf } from '../../objects/defaults/fields.ts';
import { strictDecodingError, unknownFieldWarnings } from '../../schema/strict-decoding.ts';
import { apiVersionOf, type ResourceKind } from '../../state/resource-kind.ts';
import type { RawObject } from './read-object.ts';
import type { WriteOptions } from './write-options.ts';

/**
 * A custom resource with the defaults of its schema, without fields that the schema does not have: they are an error or warnings in the
 * answer's headers, as the client wishes. An object of any other kind is returned as it is.
 *
 * @throws StatusError 400 with `fieldValidation=Strict`.
 */
export function decodeCustom(options: {
  readonly object: RawObject;
  readonly kind: ResourceKind;
  readonly validation: WriteOptions['fieldValidation'];
  readonly response: ServerResponse;
}): RawObject {
  const { kind, validation, response } = options;
  if (!kind.rules) return options.object;
  const { object, unknown } = kind.rules.decode(options.object);
  if (unknown.length === 0 || validation === 'Ignore') return object;
  if (validation === 'Strict') {
    throw strictDecodingError({ object: { apiVersion: apiVersionOf(kind), kind: kind.kind }, fields: unknown });
  }
  response.setHeader('warning', [...unknownFieldWarnings(unknown)]);
  return object;
}

/**
 * What is applied must be in the schema, whatever the field validation.
 *
 * @throws StatusError 500, as a real server answers that.
 */
export function requireDeclared({ applied, kind }: { readonly applied: RawObject; readonly kind: ResourceKind }): void {
  const [unknown] = kind.rules?.decode(applied).unknown ?? [];
  if (unknown === undefined) return;
  const { name, namespace = '' } = fieldsOf(applied.metadata);
  const what = `${String(namespace)}/${String(name)}; ${apiVersionOf(kind)}, Kind=${kind.kind}`;
  const message = `failed to create typed patch object (${what}): .${unknown}: field not declared in schema`;
  throw new StatusError({ code: 500, reason: '', message });
}
