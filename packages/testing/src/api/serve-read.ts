import type { ServerResponse } from 'node:http';
import { StatusError } from '../errors/status-error.ts';
import { badRequest, notFound } from '../errors/statuses.ts';
import { sendJson } from '../server/send.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import { objectFormat } from './object-format.ts';
import { selectObjects } from './object-selector.ts';
import { resourceVersion } from './resource-version.ts';

/** A GET for one object or a list. */
export interface ReadRequest {
  readonly store: ObjectStore;
  readonly kind: ResourceKind;
  readonly namespace: string | undefined;
  readonly query: URLSearchParams;
  readonly accept: string | undefined;
  readonly response: ServerResponse;
}

/** Answers with one object. @throws StatusError 404 when there is none of that name. */
export function serveObject(request: ReadRequest & { readonly name: string }): void {
  const { store, kind, namespace, name, response } = request;
  const object: KubernetesObject | undefined = store.get({ kind, namespace, name });
  if (!object) throw notFound({ ...kind, name });
  const format = objectFormat(request);
  sendJson(response, { body: format.one(object), contentType: format.contentType });
}

/**
 * Answers with a list of the selected objects: all of them, whatever `limit` says, which the API allows.
 *
 * @throws StatusError 400 for a parameter that makes no sense, 410 for a revision of the past.
 */
export function serveList(request: ReadRequest): void {
  const { store, kind, namespace, query, response } = request;
  if (query.get('continue')) throw badRequest('continue key is not valid: the simulated server sends whole lists');
  const asked = resourceVersion({ query, current: store.revision });
  if (query.get('resourceVersionMatch') === 'Exact' && asked !== store.revision) {
    const message = `The provided resource version ${asked ?? ''} is too old: the simulated server lists only the present`;
    throw new StatusError({ code: 410, reason: 'Expired', message });
  }
  const selects = selectObjects({ kind, namespace, name: undefined, query });
  const format = objectFormat(request);
  const objects = store.list({ kind, namespace }).filter(selects);
  sendJson(response, { body: format.list(objects, store.revision), contentType: format.contentType });
}
