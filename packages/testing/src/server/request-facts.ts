import type { IncomingMessage } from 'node:http';
import type { User } from '../access/user.ts';
import type { RequestFacts } from '../faults/requests/request-match.ts';
import type { ResourceRequest } from '../http/parse-request.ts';

/** What faults are told of a request; `target` is what it asks for, unless that is a document. */
export function requestFacts(options: {
  readonly request: IncomingMessage;
  readonly user: User;
  readonly target?: ResourceRequest | undefined;
}): RequestFacts {
  const { request, user, target } = options;
  const { method = 'GET', url = '/' } = request;
  const facts = { method, path: url.split('?', 1)[0] ?? '/', user: user.name };
  if (!target) return facts;
  const { verb, kind, subresource, namespace, name } = target;
  return { ...facts, verb, group: kind.group, resource: kind.resource, subresource, namespace, name };
}
