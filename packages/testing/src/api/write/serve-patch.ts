import { loadRules } from '../../custom/custom-rules.ts';
import { forbiddenField, invalid } from '../../errors/invalid.ts';
import { StatusError } from '../../errors/status-error.ts';
import { notFound } from '../../errors/statuses.ts';
import { readBody } from '../../http/read-body.ts';
import { sendJson } from '../../http/send.ts';
import { applyJsonPatch } from '../../patch/json-patch.ts';
import { applyMergePatch } from '../../patch/merge-patch.ts';
import { applyStrategicMergePatch } from '../../patch/strategic-merge-patch.ts';
import type { Schemas } from '../../schema/type-schema.ts';
import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { apiVersionOf } from '../../state/resource-kind.ts';
import { objectFormat } from '../object-format.ts';
import { ServedObjects } from '../served-objects.ts';
import { applyObject } from './apply-object.ts';
import { checkFields } from './check-fields.ts';
import { decodeCustom } from './decode-custom.ts';
import { mediaTypeOf, parseText, type RawObject } from './read-object.ts';
import { updateObject } from './update-object.ts';
import { type WriteOptions, writeOptions } from './write-options.ts';
import type { NamedWriteRequest } from './write-request.ts';

/** The media type of server-side apply (KEP-555). */
const APPLY = 'application/apply-patch+yaml';
const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';

/** What a patch made of an object. */
export interface PatchedObject {
  readonly object: KubernetesObject;
  readonly isNew: boolean;
}

/**
 * Answers a PATCH of an object or its status, in any of the four forms.
 *
 * @throws StatusError 400, 404, 409, 413, 415, 422.
 */
export async function servePatch(write: NamedWriteRequest): Promise<void> {
  const { context, kind, request, response } = write;
  const options = writeOptions(write);
  const isApply = mediaTypeOf(request) === APPLY;
  if (!isApply && write.query.has('force')) throw forceForbidden();
  const patch = await readPatch(write);
  const schemas = await context.types.schemas();
  await loadRules(kind);
  // Before anything is changed: a client that takes no JSON is refused.
  const format = objectFormat({ accept: request.headers.accept, kind, query: write.query, clock: context.clock });
  // From here on nothing waits: no other request comes between the checks and the change.
  const { object, isNew } = isApply
    ? applyObject({ write, options, schemas, applied: patch })
    : { object: patchObject({ write, options, schemas, patch }), isNew: false };
  sendJson(response, { body: format.one(object), status: isNew ? 201 : 200, contentType: format.contentType });
}

function patchObject(request: {
  readonly write: NamedWriteRequest;
  readonly options: WriteOptions;
  readonly schemas: Schemas;
  readonly patch: RawObject;
}): KubernetesObject {
  const { write, options, schemas } = request;
  const { context, kind, subresource, namespace, name, response } = write;
  const current = new ServedObjects({ store: context.store, kind }).get({ namespace, name });
  if (!current) throw notFound({ ...kind, name });
  const next = patched({ write, schemas, patch: request.patch, current });
  checkFields({
    object: next,
    kind,
    schemas,
    validation: options.fieldValidation,
    response,
    patch: { mediaType: mediaTypeOf(write.request), value: request.patch },
  });
  const decoded = decodeCustom({ object: next, kind, validation: options.fieldValidation, response });
  return updateObject({ context, kind, subresource, current, next: decoded, options, schemas });
}

/** Reads the patch in a body. @throws StatusError 400, 413, 415. */
export async function readPatch({ kind, request }: NamedWriteRequest): Promise<RawObject> {
  const mediaType = mediaTypeOf(request);
  if (![JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH, APPLY].includes(mediaType)) throw unsupportedPatch();
  const isYaml = mediaType === APPLY;
  const expected = { apiVersion: apiVersionOf(kind), kind: kind.kind };
  return await parseText({ body: await readBody(request), isYaml, expected, anyValue: !isYaml });
}

/** The object with a patch applied to it. @throws StatusError 400, 415, 422. */
export function patched(options: {
  readonly write: NamedWriteRequest;
  readonly schemas: Schemas;
  readonly patch: RawObject;
  readonly current: RawObject;
}): RawObject {
  const { write, schemas, patch, current: object } = options;
  switch (mediaTypeOf(write.request)) {
    case JSON_PATCH:
      return applyJsonPatch({ object, patch });
    case MERGE_PATCH:
      return applyMergePatch({ object, patch });
    case STRATEGIC_MERGE_PATCH:
      return applyStrategicMergePatch({ object, patch, schemas });
    default:
      throw unsupportedPatch();
  }
}

function forceForbidden(): StatusError {
  const causes = [forbiddenField('force', 'may not be specified for non-apply patch')];
  return invalid({ kind: 'PatchOptions', group: 'meta.k8s.io', name: '', causes });
}

function unsupportedPatch(): StatusError {
  const accepted = [JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH, APPLY].join(', ');
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
  return new StatusError({ code: 415, reason: 'UnsupportedMediaType', message });
}
