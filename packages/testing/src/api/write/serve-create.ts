import { loadRules } from '../../custom/custom-rules.ts';
import { sendJson } from '../../http/send.ts';
import { apiVersionOf } from '../../state/resource-kind.ts';
import { objectFormat } from '../object-format.ts';
import { checkFields } from './check-fields.ts';
import { completeNewObject } from './complete-new-object.ts';
import { createObject } from './create-object.ts';
import { decodeCustom } from './decode-custom.ts';
import { requireObject } from './read-object.ts';
import { writeOptions } from './write-options.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * Answers a POST: 201 with the new object.
 *
 * @throws StatusError 400, 404, 409, 413, 415, 422.
 */
export async function serveCreate(write: WriteRequest): Promise<void> {
  const { context, kind, namespace, request, response } = write;
  const options = writeOptions(write);
  const expected = { apiVersion: apiVersionOf(kind), kind: kind.kind };
  const raw = await requireObject({ request, types: context.types, expected });
  const schemas = await context.types.schemas();
  await loadRules(kind);
  // Before anything is changed: a client that takes no JSON is refused.
  const format = objectFormat({ accept: request.headers.accept, kind, query: write.query, clock: context.clock });
  // From here on nothing waits: no other request comes between the checks and the change.
  checkFields({ object: raw, kind, schemas, validation: options.fieldValidation, response });
  const decoded = decodeCustom({ object: raw, kind, validation: options.fieldValidation, response });
  const object = completeNewObject({
    raw: decoded,
    kind,
    namespace,
    names: options.dryRun ? context.names.fork() : context.names,
  });
  const created = createObject({ context, kind, object, options, schemas });
  sendJson(response, { body: format.one(created), status: 201, contentType: format.contentType });
}
