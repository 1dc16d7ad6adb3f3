import type { ServerResponse } from 'node:http';
import { conversionProblem } from '../../schema/conversion-problem.ts';
import { patchRefusal } from '../../schema/patch-refusal.ts';
import { decodingError, strictDecodingText, unknownFieldWarnings } from '../../schema/strict-decoding.ts';
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
 * @throws StatusError 400 for a wrong value, and with `fieldValidation=Strict` for an unknown field; 422 after a patch.
 */
export function checkFields(options: {
  readonly object: RawObject;
  readonly kind: ResourceKind;
  readonly schemas: Schemas;
  readonly validation: WriteOptions['fieldValidation'];
  readonly response: ServerResponse;
  /** The patch that has made the object what it is. @default the object is a body itself */
  readonly patch?: { readonly mediaType: string; readonly value: unknown };
}): void {
  const { kind, schemas, validation, response, patch } = options;
  if (kind.isCustom === true) return;
  const object = { ...options.object, apiVersion: apiVersionOf(kind), kind: kind.kind };
  const isConverted = patch?.mediaType === 'application/strategic-merge-patch+json';
  const refusal = (problem: string) =>
    patch === undefined
      ? decodingError({ object, problem })
      : patchRefusal({ patch: isConverted ? patch.value : undefined, object, problem });
  const problem = (isConverted ? conversionProblem : valueProblem)({ object, schemas });
  if (problem !== undefined) throw refusal(problem);
  if (validation === 'Ignore') return;
  const fields = unknownFields({ object, schemas });
  if (fields.length === 0) return;
  if (validation === 'Strict') throw refusal(strictDecodingText(fields));
  response.setHeader('warning', [...unknownFieldWarnings(fields)]);
}
