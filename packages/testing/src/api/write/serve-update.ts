import { loadRules } from '../../custom/custom-rules.ts';
import { badRequest, notFound } from '../../errors/statuses.ts';
import { sendJson } from '../../http/send.ts';
import { apiVersionOf } from '../../state/resource-kind.ts';
import { objectFormat } from '../object-format.ts';
import { ServedObjects } from '../served-objects.ts';
import { checkFields } from './check-fields.ts';
import { decodeCustom } from './decode-custom.ts';
import { readMetadata } from './read-metadata.ts';
import { type RawObject, requireObject } from './read-object.ts';
import { updateObject } from './update-object.ts';
import { writeOptions } from './write-options.ts';
import type { NamedWriteRequest } from './write-request.ts';

/**
 * Answers a PUT of an object, its status or its finalizers.
 *
 * @throws StatusError 400, 404, 409, 413, 415, 422.
 */
export async function serveUpdate(write: NamedWriteRequest): Promise<void> {
  const { context, kind, subresource, namespace, name, request, response } = write;
  const options = writeOptions(write);
  const expected = { apiVersion: apiVersionOf(kind), kind: kind.kind };
  const next = await requireObject({ request, types: context.types, expected });
  const schemas = await context.types.schemas();
  await loadRules(kind);
  // Before anything is changed: a client that takes no JSON is refused.
  const format = objectFormat({ accept: request.headers.accept, kind, query: write.query, clock: context.clock });
  // From here on nothing waits: no other request comes between the checks and the change.
  checkFields({ object: next, kind, schemas, validation: options.fieldValidation, response });
  const decoded = decodeCustom({ object: next, kind, validation: options.fieldValidation, response });
  requireName(next, name);
  const current = new ServedObjects({ store: context.store, kind }).get({ namespace, name });
  if (!current) throw notFound({ ...kind, name });
  const updated = updateObject({ context, kind, subresource, current, next: decoded, options, schemas });
  sendJson(response, { body: format.one(updated), contentType: format.contentType });
}

/** An object that is put somewhere says its name. @throws StatusError 400. */
function requireName({ metadata }: RawObject, name: string): void {
  if (readMetadata(metadata).name) return;
  throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
}
