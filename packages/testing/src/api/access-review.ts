import type { IncomingMessage } from 'node:http';
import type { User } from '../access/identify-user.ts';
import type { Authorize } from '../access/require-access.ts';
import { unsupportedMediaType } from '../errors/refusals.ts';
import { badRequest } from '../errors/statuses.ts';
import { readBody } from '../http/read-body.ts';
import { decodeAccessReview } from './access-review-protobuf.ts';

/** The part of a SelfSubjectAccessReview that says what somebody wants to do. */
export interface ResourceAttributes {
  readonly namespace?: string;
  readonly verb?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly name?: string;
}

/**
 * Answers a SelfSubjectAccessReview from the rule that decides all other requests, too. What is no resource is allowed.
 *
 * @throws StatusError 400 for a body that is none, 413, 415.
 */
export async function reviewAccess(options: {
  readonly request: IncomingMessage;
  readonly context: { readonly authorize: Authorize | undefined };
  readonly user: User;
}): Promise<unknown> {
  const { request, context, user } = options;
  const attributes = await readAttributes(request);
  const { verb = '', group = '', resource = '' } = attributes ?? {};
  const allowed =
    attributes === undefined ||
    context.authorize === undefined ||
    context.authorize({
      user: user.name,
      groups: user.groups,
      verb,
      group,
      resource,
      subresource: attributes.subresource || undefined,
      namespace: attributes.namespace || undefined,
      name: attributes.name || undefined,
    });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: attributes === undefined ? {} : { resourceAttributes: attributes },
    status: { allowed, ...(allowed ? {} : { reason: 'the rule of the simulated cluster says no' }) },
  };
}

async function readAttributes(request: IncomingMessage): Promise<ResourceAttributes | undefined> {
  const body = await readBody(request);
  const mediaType = (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '';
  if (mediaType === 'application/vnd.kubernetes.protobuf') return decodeAccessReview(body);
  if (mediaType !== 'application/json') throw unsupportedMediaType(mediaType);
  const attributes = parseJson(body)?.spec?.resourceAttributes;
  if (attributes === undefined || attributes === null) return undefined;
  const entries = Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries<string>(entries);
}

function parseJson(body: Buffer): { spec?: { resourceAttributes?: object | null } | null } | null {
  try {
    return JSON.parse(body.toString('utf8')) as ReturnType<typeof parseJson>;
  } catch {
    throw badRequest('the body is not valid JSON');
  }
}
