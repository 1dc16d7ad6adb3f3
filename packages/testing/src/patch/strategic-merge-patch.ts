import { StatusError } from '../errors/status-error.ts';
import { badRequest } from '../errors/statuses.ts';
import type { Schemas } from '../schema/type-schema.ts';
import { isObject, type JsonObject, jsonTypeName, textField } from './json-value.ts';
import { requireShallow } from './require-shallow.ts';
import { mergeObject } from './strategic/merge-object.ts';

/** An object and a strategic merge patch for it. */
export interface StrategicMergePatch {
  readonly object: JsonObject;
  readonly patch: unknown;
  readonly schemas: Schemas;
}

/**
 * Applies a strategic merge patch: like a JSON merge patch, but lists are merged as the schema of the type says, with
 * the instructions `$patch`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…`.
 *
 * @throws StatusError 400 for a patch that is malformed, 415 for a kind without a schema such as a custom resource, 500
 *   for a patch that contradicts the schema (as a real server answers)
 */
export function applyStrategicMergePatch({ object, patch, schemas }: StrategicMergePatch): JsonObject {
  const type = schemas.ofKind({ apiVersion: textField(object, 'apiVersion'), kind: textField(object, 'kind') });
  if (type === undefined) throw noStrategicMergePatch();
  requireShallow(patch);
  if (patch === null) return object;
  if (!isObject(patch)) {
    throw badRequest(`json: cannot unmarshal ${jsonTypeName(patch)} into Go value of type map[string]interface {}`);
  }
  return mergeObject({ object, patch, type, schemas });
}

function noStrategicMergePatch(): StatusError {
  const accepted = 'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
  return new StatusError({ code: 415, reason: 'UnsupportedMediaType', message });
}
