import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { StatusError } from '../errors/status-error.ts';
import { badRequest, notFound } from '../errors/statuses.ts';
import { sendJson } from '../http/send.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import type { ListPage, ListPages } from './list-pages.ts';
import { objectFormat } from './object-format.ts';
import { selectObjects } from './object-selector.ts';
import { resourceVersion } from './resource-version.ts';
import { ServedObjects } from './served-objects.ts';

/** A GET for one object or a list. */
export interface ReadRequest {
  readonly clock: Pick<Clock, 'now'>;
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
  const object = new ServedObjects({ store, kind }).get({ namespace, name });
  if (!object) throw notFound({ ...kind, name });
  const format = objectFormat(request);
  sendJson(response, { body: format.one(object), contentType: format.contentType });
}

/**
 * Answers with a list of the selected objects, page by page when the client sets a `limit`.
 *
 * @throws StatusError 400 for a parameter that makes no sense, 410 for a revision of the past or a continuation that is forgotten.
 */
export function serveList(request: ReadRequest & { readonly pages: ListPages }): void {
  const { store, kind, namespace, query, response, pages } = request;
  const selects = selectObjects({ kind, namespace, name: undefined, query });
  const format = objectFormat(request);
  const [limit, token] = [readLimit(query), query.get('continue') ?? ''];
  const selectors = [query.get('labelSelector') ?? '', query.get('fieldSelector') ?? ''];
  const list = JSON.stringify([kind.group, kind.version, kind.resource, namespace, ...selectors]);
  let page: ListPage;
  if (token === '') {
    requirePresent(request);
    const items = new ServedObjects({ store, kind }).list({ namespace }).filter(selects);
    page = pages.first({ list, items, revision: store.revision, limit });
  } else {
    page = pages.next({ token, list, limit });
  }
  // What a selector leaves out is not counted by a real server, so it does not say how much remains.
  const counted = selectors.every((selector) => selector === '');
  const { remaining, ...shown } = page;
  const body = format.list({ ...shown, ...(counted && remaining !== undefined && { remaining }) });
  sendJson(response, { body, contentType: format.contentType });
}

function requirePresent({ store, query }: ReadRequest): void {
  const asked = resourceVersion({ query, current: store.revision });
  if (query.get('resourceVersionMatch') !== 'Exact' || asked === store.revision) return;
  const message = `The provided resource version ${asked ?? ''} is too old: the simulated server lists only the present`;
  throw new StatusError({ code: 410, reason: 'Expired', message });
}

function readLimit(query: URLSearchParams): number {
  const text = query.get('limit') ?? '';
  if (text === '') return 0;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`Invalid value: "${text}": limit is no number`);
  return Number(text);
}
