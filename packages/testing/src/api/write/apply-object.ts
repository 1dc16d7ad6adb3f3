import { timestamp } from '../../clock/clock.ts';
import { invalid, required } from '../../errors/invalid.ts';
import { badRequest, notFound } from '../../errors/statuses.ts';
import { isTrue } from '../../http/parse-request.ts';
import { applyPatch } from '../../patch/apply-patch.ts';
import type { Schemas } from '../../schema/type-schema.ts';
import type { ObjectInput } from '../../state/kubernetes-object.ts';
import { apiVersionOf } from '../../state/resource-kind.ts';
import { ServedObjects } from '../served-objects.ts';
import { checkFields } from './check-fields.ts';
import { completeNewObject, namespaceOf } from './complete-new-object.ts';
import { createObject } from './create-object.ts';
import { decodeCustom, requireDeclared } from './decode-custom.ts';
import { readMetadata } from './read-metadata.ts';
import type { RawObject } from './read-object.ts';
import type { PatchedObject } from './serve-patch.ts';
import { updateObject } from './update-object.ts';
import type { WriteOptions } from './write-options.ts';
import type { NamedWriteRequest } from './write-request.ts';

/**
 * Server-side apply (KEP-555): what the client says becomes so, what it said before and does not say now goes, and what others set stays.
 *
 * @throws StatusError 409 for fields of others, unless `force`; 400, 404, 422.
 */
export function applyObject(options: {
  readonly write: NamedWriteRequest;
  readonly options: WriteOptions;
  readonly schemas: Schemas;
  readonly applied: RawObject;
}): PatchedObject {
  const { write, schemas, options: writing } = options;
  const { context, kind, subresource, namespace, name, query, response } = write;
  if (!query.get('fieldManager')) {
    const causes = [required('fieldManager', 'is required for apply patch')];
    throw invalid({ kind: 'PatchOptions', group: 'meta.k8s.io', name: '', causes });
  }
  const applied = withIdentity(write, options.applied);
  checkFields({ object: applied, kind, schemas, validation: writing.fieldValidation, response });
  requireDeclared({ applied, kind });
  const current = new ServedObjects({ store: context.store, kind }).get({ namespace, name });
  if (!current && subresource !== undefined) throw notFound({ ...kind, name });
  const { object: merged } = applyPatch({
    current,
    applied,
    fieldManager: writing.fieldManager,
    force: isTrue(query.get('force')),
    schemas,
    now: timestamp(context.clock),
    ...(subresource !== undefined && { subresource }),
  });
  const object = decodeCustom({ object: merged, kind, validation: 'Ignore', response });
  if (current) {
    const next = object;
    const updated = updateObject({
      context,
      kind,
      subresource,
      current,
      next,
      options: writing,
      schemas,
      isOwned: true,
    });
    return { object: updated, isNew: false };
  }
  write.requireCreate();
  const { managedFields } = (object as ObjectInput).metadata;
  const created = completeNewObject({
    raw: object,
    kind,
    namespace,
    names: writing.dryRun ? context.names.fork() : context.names,
  });
  const owned = { ...created, metadata: { ...created.metadata, managedFields } };
  return {
    object: createObject({ context, kind, object: owned, options: writing, schemas, isOwned: true }),
    isNew: true,
  };
}

/** The applied object must be about the one in the URL. */
function withIdentity({ kind, namespace, name }: NamedWriteRequest, applied: RawObject): RawObject {
  const metadata = readMetadata(applied.metadata);
  if (metadata.name !== undefined && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  if (metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  const own = kind.namespaced ? { namespace: namespaceOf({ given: metadata.namespace, namespace }) } : {};
  const { apiVersion = apiVersionOf(kind), kind: kindName = kind.kind } = applied;
  return { ...applied, apiVersion, kind: kindName, metadata: { ...metadata, name, ...own } };
}
