import { ApiError, ApiResponseInvalidError, ForbiddenError } from '../../errors/cluster-errors.ts';
import { UnauthorizedError } from '../../errors/credential-errors.ts';
import type { KforgeError } from '../../errors/kforge-error.ts';
import { nodeHttp } from './node-http.ts';
import { type ApiStatus, parseStatus } from './parse-status.ts';
import { type RequestAttributes, requestAttributes } from './request-attributes.ts';

/** An answer of the API server that is no success, and what was asked. */
export interface FailedAnswer {
  readonly status: number;
  readonly body: string;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly watch?: boolean;
  readonly context: string;
}

/** Makes the typed error of an HTTP answer: 401, 403, redirects, and every other status as {@link ApiError}. */
export function mapApiError(answer: FailedAnswer): KforgeError {
  const status = parseStatus(answer.body);
  if (answer.status === 401) return new UnauthorizedError({ context: answer.context });
  if (answer.status === 403) return forbidden(answer, status);
  if (answer.status >= 300 && answer.status < 400) {
    return new ApiResponseInvalidError({ message: `The server redirects to another page (${answer.status})` });
  }
  return apiError({ status: answer.status, object: status });
}

/** The error of a Status object, from an answer or from a watch that ends with one. */
export function apiError(options: { readonly status: number; readonly object: ApiStatus }): ApiError {
  const { status, object } = options;
  return new ApiError({
    message: `The API server answered ${status}: ${object.message ?? nodeHttp.STATUS_CODES[status] ?? 'no further word'}`,
    status,
    reason: object.reason,
    hint: hintFor(status, object),
  });
}

function hintFor(status: number, object: ApiStatus): string | undefined {
  if (object.message?.includes('HTTP request to an HTTPS server')) {
    return 'The server in the kubeconfig must begin with https://.';
  }
  if (status === 410) return 'The version asked for is too old: list again and go on from there.';
  if (status === 429) return 'The API server has too much to do; try again in a moment.';
  if (status >= 502 && status <= 504) {
    return 'The API server, or what stands before it, is starting or overloaded; try again.';
  }
  if (object.message?.includes('error dialing backend')) return 'The API server does not reach the node of the pod.';
  return undefined;
}

function forbidden(answer: FailedAnswer, status: ApiStatus): ForbiddenError {
  const denied = deniedAttributes(status) ?? requestAttributes(answer);
  const { verb, resource, namespace } = denied;
  return new ForbiddenError({ message: sentence(denied), verb, resource, namespace, hint: hint(denied, status) });
}

/** `pods "web" is forbidden: User "dev" cannot get resource "pods" in API group "" in the namespace "shop"` */
const DENIAL =
  /cannot (?<verb>[a-z]+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)")?/;

function deniedAttributes(status: ApiStatus): RequestAttributes | undefined {
  const groups = DENIAL.exec(status.message ?? '')?.groups;
  if (!groups) return undefined;
  const { verb = '', resource = '', group = '', namespace } = groups;
  return { verb, resource, group, namespace, name: status.name };
}

function sentence(denied: RequestAttributes): string {
  const { verb, resource, namespace } = denied;
  const where = namespace === undefined ? 'in the whole cluster' : `in namespace '${namespace}'`;
  if (resource !== 'pods/portforward') return `Permission denied: you may not ${verb} ${resource} ${where}`;
  return `Permission denied: You need ${resource} permission ${where} (missing verb: ${verb})`;
}

function hint(denied: RequestAttributes, status: ApiStatus): string {
  const { group, resource, verb, namespace } = denied;
  if (resource.startsWith('/')) return `The server says: ${status.message ?? 'Forbidden'}`;
  // servers before 1.35 ask for get on a WebSocket and create on SPDY, later ones for create on both
  const verbs = resource === 'pods/portforward' ? ['get', 'create'] : [verb];
  return [
    ...(DENIAL.test(status.message ?? '') || status.message === undefined
      ? []
      : [`The server says: ${status.message}`]),
    `Ask for a ${namespace === undefined ? 'ClusterRole' : 'Role'} with this rule:`,
    `- apiGroups: [${JSON.stringify(group)}]`,
    `  resources: [${JSON.stringify(resource)}]`,
    `  verbs: [${verbs.map((each) => JSON.stringify(each)).join(', ')}]`,
  ].join('\n');
}
