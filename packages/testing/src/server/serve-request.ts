import type { IncomingMessage, ServerResponse } from 'node:http';
import { requireAccess } from '../access/require-access.ts';
import { reviewAccess } from '../api/access-review.ts';
import { parseResourceRequest, type ResourceRequest } from '../http/parse-request.ts';
import { asStatusError, sendJson, sendStatus } from '../http/send.ts';
import { type AdmittedRequest, admitRequest } from './admit-request.ts';
import { serveDocument } from './serve-document.ts';
import { serveResource } from './serve-resource.ts';
import type { ServerContext } from './server-context.ts';

/** Answers a request that is no upgrade; whatever fails becomes a `Status`. */
export async function serveRequest(
  context: ServerContext,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  try {
    const admitted = admitRequest(request, context);
    if (serveDocument({ kinds: context.store.kinds.all, request, response, ...admitted })) return;
    const target = parseResourceRequest({ kinds: context.store.kinds, ...admitted });
    if (target.kind.kind === 'SelfSubjectAccessReview' && target.verb === 'create') {
      sendJson(response, { body: await reviewAccess({ request, context, user: admitted.user }), status: 201 });
      return;
    }
    authorizeRequest(context, admitted, target);
    await serveResource({ context, target, request, response });
  } catch (thrown) {
    sendStatus(response, asStatusError(thrown));
    // What the client still sends of a body that nobody reads must not stop the next request on this connection.
    request.resume();
  }
}

function authorizeRequest(context: ServerContext, { user }: AdmittedRequest, target: ResourceRequest): void {
  const { verb, kind, subresource, namespace, name } = target;
  const attempt = { verb, group: kind.group, resource: kind.resource, subresource, namespace, name };
  requireAccess({ authorize: context.authorize, user, attempt });
}
