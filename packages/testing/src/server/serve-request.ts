import type { IncomingMessage, ServerResponse } from 'node:http';
import { requireAccess } from '../access/require-access.ts';
import { reviewAccess } from '../api/access-review.ts';
import { serveList, serveObject } from '../api/serve-read.ts';
import { serveWatch } from '../api/serve-watch.ts';
import { notImplemented } from '../errors/refusals.ts';
import { badRequest, methodNotAllowed } from '../errors/statuses.ts';
import { type AdmittedRequest, admitRequest } from './admit-request.ts';
import type { ApiContext } from './api-context.ts';
import { parseResourceRequest, type ResourceRequest } from './parse-request.ts';
import { asStatusError, sendJson, sendStatus } from './send.ts';
import { serveDocument } from './serve-document.ts';

/** Answers a request that is no upgrade; whatever fails becomes a `Status`. */
export async function serveRequest(
  context: ApiContext,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  try {
    const admitted = admitRequest(request, context);
    if (serveDocument({ request, response, ...admitted })) return;
    const target = parseResourceRequest(admitted);
    if (target.kind.kind === 'SelfSubjectAccessReview' && target.verb === 'create') {
      sendJson(response, { body: await reviewAccess({ request, context, user: admitted.user }), status: 201 });
      return;
    }
    authorizeRequest(context, admitted, target);
    serveResource({ context, target, request, response });
  } catch (thrown) {
    sendStatus(response, asStatusError(thrown));
    // What the client still sends of a body that nobody reads must not stop the next request on this connection.
    request.resume();
  }
}

function authorizeRequest(context: ApiContext, { user }: AdmittedRequest, target: ResourceRequest): void {
  const { verb, kind, subresource, namespace, name } = target;
  const attempt = { verb, group: kind.group, resource: kind.resource, subresource, namespace, name };
  requireAccess({ authorize: context.authorize, user, attempt });
}

function serveResource(options: {
  readonly context: ApiContext;
  readonly target: ResourceRequest;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}): void {
  const { context, target, request, response } = options;
  const { kind, namespace, name, subresource, verb, query } = target;
  if (!kind.verbs.includes(verb)) throw methodNotAllowed(`the server does not allow ${verb} of ${kind.resource}`);
  if (subresource === 'portforward') throw badRequest('Upgrade request required');
  const read = { store: context.store, kind, namespace, query, accept: request.headers.accept, response };
  if (verb === 'get' && name !== undefined && (subresource === undefined || subresource === 'status')) {
    serveObject({ ...read, name });
  } else if (subresource !== undefined) {
    throw notImplemented(`${verb} of ${kind.resource}/${subresource}`);
  } else if (verb === 'list') {
    serveList(read);
  } else if (verb === 'watch') {
    serveWatch({ ...read, name });
  } else {
    throw notImplemented(`${verb} of ${kind.resource}: the test that owns the cluster changes its objects`);
  }
}
