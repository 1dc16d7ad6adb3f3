import { badRequest, unknownResource } from '../errors/statuses.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import type { ResourceKinds } from '../state/resource-kinds.ts';

/** A request for a resource, as its path and query say it. */
export interface ResourceRequest {
  /** What the client wants to do, in the words of RBAC. */
  readonly verb: Verb;
  readonly kind: ResourceKind;
  readonly subresource: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly query: URLSearchParams;
}

/** The verbs of RBAC that requests for resources stand for. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** Splits a path into its decoded segments. @throws StatusError 400 for a path that cannot be decoded. */
export function pathSegments(path: string): readonly string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) throw badRequest('the path is not properly percent-encoded');
    throw error;
  }
}

/** Whether a path is about objects: `/api/v1/…` and `/apis/GROUP/VERSION/…`, where a resource follows. Others lead to documents. */
export function isResourcePath([root, ...rest]: readonly string[]): boolean {
  return (root === 'api' && rest.length > 1) || (root === 'apis' && rest.length > 2);
}

/**
 * Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`, where a resource follows.
 *
 * @throws StatusError 404 for a path that leads to no resource of this server.
 */
export function parseResourceRequest(options: {
  readonly kinds: ResourceKinds;
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}): ResourceRequest {
  const { kinds, method, segments, query } = options;
  const { group, version, rest } = splitGroup(segments);
  // `namespaces/N/pods` is about pods in N, `namespaces/N` and `namespaces/N/status` about the namespace itself.
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize';
  const namespace = inNamespace ? rest[1] : undefined;
  const [resource = '', name, subresource, ...tooMuch] = inNamespace ? rest.slice(2) : rest;
  const kind = kinds.findResource({ group, version, resource });
  if (!kind || tooMuch.length > 0) throw unknownResource();
  if (kind.namespaced ? name !== undefined && namespace === undefined : namespace !== undefined)
    throw unknownResource();
  if (subresource !== undefined && !kind.subresources?.some((known) => known.name === subresource))
    throw unknownResource();
  return { verb: verbOf({ method, name, query }), kind, subresource, namespace, name, query };
}

function splitGroup(segments: readonly string[]) {
  const [root, first = '', second = '', ...others] = segments;
  if (root === 'api') return { group: '', version: first, rest: segments.slice(2) };
  if (root === 'apis') return { group: first, version: second, rest: others };
  throw unknownResource();
}

function verbOf({ method, name, query }: { method: string; name: string | undefined; query: URLSearchParams }): Verb {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (isTrue(query.get('watch'))) return 'watch';
      return name === undefined ? 'list' : 'get';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name === undefined ? 'deletecollection' : 'delete';
    default:
      throw badRequest('the simulated server does not know this HTTP method');
  }
}

/** A boolean in a query, as the API server reads it: present without a value counts as true. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0';
}
