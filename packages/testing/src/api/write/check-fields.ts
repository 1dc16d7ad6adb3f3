import type { ServerResponse } from 'node:http';
import { decodingError, strictDecodingError, unknownFieldWarnings } from '../../schema/strict-decoding.ts';
import type { Schemas } from '../../schema/type-schema.ts';
import { unknownFields } from '../../schema/unknown-fields.ts';
import { valueProblem } from '../../schema/value-problem.ts';
import { apiVersionOf, type ResourceKind } from '../../state/resource-kind.ts';
import type { RawObject } from './read-object.ts';
import type { WriteOptions } from './write-options.ts';

/**
 * Looks for values of a wrong type, and for fields that a built-in kind does not have: for those an error or warnings in the answer's
 * headers, as the client wishes.
 *
 * @throws StatusError 400 for a wrong value, and with `fieldValidation=Strict` for an unknown field.
 */
export function checkFields(options: {
  readonly object: RawObject;
  readonly kind: ResourceKind;
  readonly schemas: Schemas;
  readonly validation: WriteOptions['fieldValidation'];
  readonly response: ServerResponse;
}): void {
  const { kind, schemas, validation, response } = options;
  if (kind.isCustom === true) return;
  const object = { ...options.object, apiVersion: apiVersionOf(kind), kind: kind.kind };
  const problem = valueProblem({ object, schemas });
  if (problem !== undefined) throw decodingError({ object, problem });
  if (validation === 'Ignore') return;
  const fields = unknownFields({ object, schemas });
  if (fields.length === 0) return;
  if (validation === 'Strict') throw strictDecodingError({ object, fields });
  response.setHeader('warning', [...unknownFieldWarnings(fields)]);
}
