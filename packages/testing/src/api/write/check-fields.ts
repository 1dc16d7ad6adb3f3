import type { ServerResponse } from 'node:http';
import { strictDecodingError, unknownFieldWarnings } from '../../schema/strict-decoding.ts';
import type { Schemas } from '../../schema/type-schema.ts';
import { unknownFields } from '../../schema/unknown-fields.ts';
import { apiVersionOf, type ResourceKind } from '../../state/resource-kind.ts';
import type { RawObject } from './read-object.ts';
import type { WriteOptions } from './write-options.ts';

/**
 * Looks for fields that a built-in kind does not have: an error or warnings in the answer's headers, as the client wishes.
 *
 * @throws StatusError 400 with `fieldValidation=Strict`.
 */
export function checkFields(options: {
  readonly object: RawObject;
  readonly kind: ResourceKind;
  readonly schemas: Schemas;
  readonly validation: WriteOptions['fieldValidation'];
  readonly response: ServerResponse;
}): void {
  const { kind, schemas, validation, response } = options;
  if (validation === 'Ignore' || kind.isCustom === true) return;
  const object = { ...options.object, apiVersion: apiVersionOf(kind), kind: kind.kind };
  const fields = unknownFields({ object, schemas });
  if (fields.length === 0) return;
  if (validation === 'Strict') throw strictDecodingError({ object, fields });
  response.setHeader('warning', [...unknownFieldWarnings(fields)]);
}
