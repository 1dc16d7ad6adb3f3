import { notFound } from '../../errors/statuses.ts';
import { sendJson } from '../../http/send.ts';
import { apiVersionOf } from '../../state/resource-kind.ts';
import { objectFormat } from '../object-format.ts';
import { checkFields } from './check-fields.ts';
import { requireObject } from './read-object.ts';
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
  // From here on nothing waits: no other request comes between the checks and the change.
  checkFields({ object: next, kind, schemas, validation: options.fieldValidation, response });
  const current = context.store.get({ kind, namespace, name });
  if (!current) throw notFound({ ...kind, name });
  const updated = updateObject({ context, kind, subresource, current, next, options, schemas });
  const format = objectFormat({ accept: request.headers.accept, kind, query: write.query, clock: context.clock });
  sendJson(response, { body: format.one(updated), contentType: format.contentType });
}
