import { invalid, required } from '../../errors/invalid.ts';
import { StatusError } from '../../errors/status-error.ts';
import { badRequest } from '../../errors/statuses.ts';
import type { NameGenerator } from '../../objects/name-generator.ts';
import type { ObjectInput, ObjectMeta } from '../../state/kubernetes-object.ts';
import { apiVersionOf, type ResourceKind } from '../../state/resource-kind.ts';
import { readMetadata } from './read-metadata.ts';
import type { RawObject } from './read-object.ts';

/**
 * A new object as the server begins to see it: with the namespace of the URL and a name, without what clients cannot set.
 *
 * @throws StatusError 400 for metadata that makes no sense or another namespace, 422 without a name.
 */
export function completeNewObject(options: {
  readonly raw: RawObject;
  readonly kind: ResourceKind;
  readonly namespace: string | undefined;
  readonly names: NameGenerator;
}): ObjectInput {
  const { raw, kind, namespace, names } = options;
  const given = readMetadata(raw.metadata);
  if (given.resourceVersion !== undefined && given.resourceVersion !== '') {
    // A real server has no reason for this one either.
    throw new StatusError({
      code: 500,
      reason: '',
      message: 'resourceVersion should not be set on objects to be created',
    });
  }
  const { labels, annotations, ownerReferences, finalizers, generateName } = given;
  const metadata: Partial<ObjectMeta> & { readonly name: string } = {
    name: given.name || nameFrom({ generateName, kind, names }),
    ...(generateName && { generateName }),
    ...(kind.namespaced && { namespace: namespaceOf({ given: given.namespace, namespace }) }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(ownerReferences && { ownerReferences }),
    ...(finalizers && { finalizers }),
  };
  return { ...withoutStatus(raw, kind), apiVersion: apiVersionOf(kind), kind: kind.kind, metadata };
}

/** @throws StatusError 400 when the object names another namespace than the URL. */
export function namespaceOf(options: {
  readonly given: string | undefined;
  readonly namespace: string | undefined;
}): string {
  const { given, namespace = '' } = options;
  if (given !== undefined && given !== '' && given !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  return namespace;
}

function nameFrom(options: {
  readonly generateName: string | undefined;
  readonly kind: ResourceKind;
  readonly names: NameGenerator;
}): string {
  const { generateName, kind, names } = options;
  if (generateName) return names.nameFrom(generateName);
  const causes = [required('metadata.name', 'name or generateName is required')];
  throw invalid({ kind: kind.kind, group: kind.group, name: '', causes });
}

/** The status of an object is for those who bring it about. */
function withoutStatus(raw: RawObject, kind: ResourceKind): RawObject {
  if (kind.subresources?.some(({ name }) => name === 'status') !== true) return raw;
  const { status: _status, ...rest } = raw;
  return rest;
}
