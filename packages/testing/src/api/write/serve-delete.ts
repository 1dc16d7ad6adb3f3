import { StatusError } from '../../errors/status-error.ts';
import { notFound } from '../../errors/statuses.ts';
import { sendJson } from '../../http/send.ts';
import { deleteObject } from '../../objects/delete-object.ts';
import { builtInKind } from '../../state/built-in-kinds.ts';
import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { objectFormat } from '../object-format.ts';
import { selectObjects } from '../object-selector.ts';
import { ServedObjects } from '../served-objects.ts';
import { type DeleteRequestOptions, readDeleteOptions } from './delete-options.ts';
import { conflict } from './update-object.ts';
import type { NamedWriteRequest, WriteRequest } from './write-request.ts';

const LASTING_NAMESPACES = new Set(['default', 'kube-public', 'kube-system']);

/**
 * Answers a DELETE of one object: with the object while it ends, with a `Status` when it is gone.
 *
 * @throws StatusError 400, 404, 409 for a precondition that does not hold.
 */
export async function serveDelete(write: NamedWriteRequest): Promise<void> {
  const { context, kind, namespace, name, request, response, query } = write;
  const options = await readDeleteOptions(write);
  const format = objectFormat({ accept: request.headers.accept, kind, query, clock: context.clock });
  const objects = new ServedObjects({ store: context.store, kind });
  const current = objects.get({ namespace, name });
  if (!current) throw notFound({ ...kind, name });
  requireDeletable(write);
  requirePreconditions(write, current, options);
  const left = options.dryRun ? current : deleteOne(write, current, options);
  if (objects.get({ namespace, name })?.metadata.uid === current.metadata.uid && !options.dryRun) {
    sendJson(response, { body: format.one(left), contentType: format.contentType });
    return;
  }
  const details = {
    name,
    ...(kind.group === '' ? {} : { group: kind.group }),
    kind: kind.resource,
    uid: current.metadata.uid,
  };
  sendJson(response, { body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } });
}

/** Answers a DELETE of all selected objects: with the list of them. @throws StatusError 400. */
export async function serveDeleteCollection(write: WriteRequest): Promise<void> {
  const { context, kind, namespace, request, response, query } = write;
  const { store } = context;
  const options = await readDeleteOptions(write);
  const selects = selectObjects({ kind, namespace, name: undefined, query });
  const objects = new ServedObjects({ store, kind }).list({ namespace }).filter(selects);
  const format = objectFormat({ accept: request.headers.accept, kind, query, clock: context.clock });
  if (!options.dryRun) store.batch(() => objects.forEach((object) => void deleteOne(write, object, options)));
  const body = format.list({ items: objects, revision: store.revision });
  sendJson(response, { body, contentType: format.contentType });
}

function deleteOne(
  { context, kind }: WriteRequest,
  { metadata }: KubernetesObject,
  { graceSeconds, propagation }: DeleteRequestOptions,
): KubernetesObject {
  const { store, clock } = context;
  const finalizers = propagation === 'Foreground' ? ['foregroundDeletion'] : propagation === 'Orphan' ? ['orphan'] : [];
  const objects = new ServedObjects({ store, kind });
  const key = objects.key({ namespace: metadata.namespace, name: metadata.name });
  return objects.served(deleteObject({ store, clock, key, graceSeconds, finalizers }));
}

/** @throws StatusError 403 for the namespaces that every cluster has. */
function requireDeletable({ kind, name }: NamedWriteRequest): void {
  if (kind !== builtInKind('Namespace') || !LASTING_NAMESPACES.has(name)) return;
  const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`;
  throw new StatusError({ code: 403, reason: 'Forbidden', message, details: { name, kind: 'namespaces' } });
}

/** @throws StatusError 409 when the object is not the one that the client means. */
export function requirePreconditions(
  { kind }: WriteRequest,
  { metadata }: KubernetesObject,
  { uid, resourceVersion }: DeleteRequestOptions,
): void {
  if (uid !== undefined && uid !== metadata.uid) {
    const what = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid})`;
    throw conflict({
      kind,
      name: metadata.name,
      why: `${what}. The object might have been deleted and then recreated`,
    });
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const what = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion})`;
    throw conflict({ kind, name: metadata.name, why: `${what}. The object might have been modified` });
  }
}
