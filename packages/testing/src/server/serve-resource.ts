import type { IncomingMessage, ServerResponse } from 'node:http';
import type { User } from '../access/user.ts';
import { serveReview } from '../api/reviews/serve-review.ts';
import { serveTokenRequest } from '../api/reviews/serve-token-request.ts';
import { serveLog } from '../api/serve-log.ts';
import { serveList, serveObject } from '../api/serve-read.ts';
import { serveWatch } from '../api/serve-watch.ts';
import { serveScale, serveScaleChange } from '../api/write/scale.ts';
import { serveCreate } from '../api/write/serve-create.ts';
import { serveDelete, serveDeleteCollection } from '../api/write/serve-delete.ts';
import { serveEviction } from '../api/write/serve-eviction.ts';
import { servePatch } from '../api/write/serve-patch.ts';
import { serveUpdate } from '../api/write/serve-update.ts';
import type { WriteRequest } from '../api/write/write-request.ts';
import { notImplemented } from '../errors/refusals.ts';
import { badRequest, methodNotAllowed, unknownResource } from '../errors/statuses.ts';
import type { ResourceRequest } from '../http/parse-request.ts';
import { isStored } from '../state/resource-kind.ts';
import type { ServerContext } from './server-context.ts';

/** A request for a resource, past authentication and authorization. */
export interface ServeResourceOptions {
  readonly context: ServerContext;
  readonly target: ResourceRequest;
  readonly user: User;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Subresources that are the object itself, of which only a part can be changed. */
const PARTS: readonly (string | undefined)[] = [undefined, 'status', 'finalize'];

/** Answers a request for objects. @throws StatusError for everything that does not work. */
export async function serveResource(options: ServeResourceOptions): Promise<void> {
  const { context, target, user, request, response } = options;
  const { kind, subresource, namespace, name, verb, query } = target;
  requireVerb(target);
  // KEP-1693.
  if (kind.deprecation !== undefined) response.appendHeader('warning', `299 - "${kind.deprecation}"`);
  if (subresource === 'portforward') throw badRequest('Upgrade request required');
  const write: WriteRequest = { context, kind, subresource, namespace, query, request, response };
  const { store, pages, clock } = context;
  const read = { store, clock, kind, namespace, query, accept: request.headers.accept, response };
  if (verb === 'list') return serveList({ ...read, pages });
  if (verb === 'watch') return serveWatch({ ...read, name, user: user.name, faults: context.faults.watch });
  if (verb === 'deletecollection') return serveDeleteCollection(write);
  if (name === undefined) {
    if (verb === 'create' && !isStored(kind)) return serveReview({ ...write, context, user });
    if (verb === 'create') return serveCreate(write);
    throw methodNotAllowed();
  }
  const requireCreate = (): void =>
    context.authorizer.require(user, {
      verb: 'create',
      group: kind.group,
      resource: kind.resource,
      subresource,
      namespace,
      name,
    });
  const named = { ...write, name, requireCreate };
  if (subresource === 'log') return serveLog({ ...read, name, logs: context.logs });
  if (subresource === 'eviction') return serveEviction(named);
  if (subresource === 'token') return serveTokenRequest({ ...named, context });
  if (subresource === 'scale') return verb === 'get' ? serveScale(named) : serveScaleChange(named);
  if (!PARTS.includes(subresource)) throw notImplemented(`${verb} of ${kind.resource}/${subresource ?? ''}`);
  if (verb === 'get') return serveObject({ ...read, name });
  if (verb === 'update') return serveUpdate(named);
  if (verb === 'patch') return servePatch(named);
  if (verb === 'delete' && subresource === undefined) return serveDelete(named);
  throw methodNotAllowed();
}

/** What a kind cannot do is not there for a client. */
function requireVerb({ kind, subresource, namespace, verb }: ResourceRequest): void {
  const verbs =
    subresource === undefined ? kind.verbs : kind.subresources?.find(({ name }) => name === subresource)?.verbs;
  if (verbs === undefined) throw unknownResource();
  const isOfAll = kind.namespaced && namespace === undefined;
  const isReading = verb === 'list' || verb === 'watch';
  if (!verbs.includes(verb) || (isOfAll && !isReading)) throw methodNotAllowed();
}
