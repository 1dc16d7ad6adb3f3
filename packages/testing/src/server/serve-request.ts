import type { IncomingMessage } from 'node:http';
import type { User } from '../access/user.ts';
import type { ShapedResponse } from '../faults/requests/shaped-response.ts';
import { isResourcePath, parseResourceRequest, type ResourceRequest } from '../http/parse-request.ts';
import { asStatusError, sendStatus } from '../http/send.ts';
import { type AdmittedRequest, admitRequest } from './admit-request.ts';
import { requestFacts } from './request-facts.ts';
import { serveDocument } from './serve-document.ts';
import { serveResource } from './serve-resource.ts';
import type { ServerContext } from './server-context.ts';

/** Answers a request that is no upgrade; whatever fails becomes a `Status`. */
export async function serveRequest(
  context: ServerContext,
  { request, response }: { request: IncomingMessage; response: ShapedResponse },
): Promise<void> {
  try {
    const admitted = admitRequest(request, context);
    const { user, segments } = admitted;
    const { kinds } = context.store;
    const target = isResourcePath(segments) ? parseResourceRequest({ kinds, ...admitted }) : undefined;
    const facts = requestFacts({ request, user, target });
    if (!(await context.faults.beforeRequest({ facts, response }))) return;
    requireAccess({ context, admitted, target });
    if (target) await serveResource({ context, target, user, request, response });
    else serveDocument({ kinds: kinds.all, request, response, ...admitted });
  } catch (thrown) {
    sendStatus(response, asStatusError(thrown));
    // What the client still sends of a body that nobody reads must not stop the next request on this connection.
    request.resume();
  }
}

function requireAccess(options: {
  readonly context: ServerContext;
  readonly admitted: AdmittedRequest;
  readonly target: ResourceRequest | undefined;
}): void {
  const { authorizer } = options.context;
  const { user, method, segments }: { user: User; method: string; segments: readonly string[] } = options.admitted;
  if (options.target) {
    const { verb, kind, subresource, namespace, name = selectedName(options.target) } = options.target;
    authorizer.require(user, { verb, group: kind.group, resource: kind.resource, subresource, namespace, name });
  } else {
    authorizer.requirePath(user, { verb: method.toLowerCase(), path: `/${segments.join('/')}` });
  }
}

/** The one object that a list or a watch selects by its name: to rules it is a request for that one. */
function selectedName({ query }: ResourceRequest): string | undefined {
  return /^metadata\.name==?([^,=!]+)$/.exec(query.get('fieldSelector') ?? '')?.[1];
}
