import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptedDiscovery, aggregatedDiscovery } from '../api/aggregated-discovery.ts';
import { apiGroup, apiGroupList, apiResourceList, apiVersions } from '../api/discovery.ts';
import { OPENAPI_V2_MEDIA_TYPE, openapiDocument, openapiIndex, openapiV2Document } from '../api/openapi.ts';
import { SERVER_VERSION } from '../api/version.ts';
import { methodNotAllowed, unknownResource } from '../errors/statuses.ts';
import { sendJson } from '../http/send.ts';
import type { ResourceKind } from '../state/resource-kind.ts';
import type { AdmittedRequest } from './admit-request.ts';

/**
 * Answers requests for what describes the server itself: version, health, discovery, OpenAPI.
 *
 * @returns `false` when the path leads to a resource
 * @throws StatusError 404 for a group or a document that does not exist, 405 for anything but a GET.
 */
export function serveDocument(
  options: AdmittedRequest & {
    readonly kinds: readonly ResourceKind[];
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
  },
): boolean {
  const { kinds: all, method, segments, request, response } = options;
  const [root, first, second] = segments;
  const isResource = (root === 'api' && segments.length > 2) || (root === 'apis' && segments.length > 3);
  if (isResource) return false;
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed('the server allows only GET here');
  if (root === 'openapi' && first === 'v2' && segments.length === 2) {
    response.writeHead(200, { 'content-type': OPENAPI_V2_MEDIA_TYPE }).end(openapiV2Document());
    return true;
  }
  if (segments.length === 1 && ['healthz', 'livez', 'readyz'].includes(root ?? '')) {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok');
    return true;
  }
  const discovery = acceptedDiscovery(request.headers.accept ?? '');
  if (discovery && segments.length === 1 && (root === 'api' || root === 'apis')) {
    const kinds = all.filter(({ group }) => (group === '') === (root === 'api'));
    const body = aggregatedDiscovery({ kinds, version: discovery.version });
    sendJson(response, { body, contentType: discovery.mediaType });
    return true;
  }
  const body = plainDocument({ kinds: all, root, first, second, segments, host: request.headers.host ?? '' });
  if (body === undefined) throw unknownResource();
  sendJson(response, { body });
  return true;
}

function plainDocument(options: {
  readonly kinds: readonly ResourceKind[];
  readonly root: string | undefined;
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly segments: readonly string[];
  readonly host: string;
}): unknown {
  const { kinds, root, first = '', second, segments, host } = options;
  switch (root ?? '') {
    case 'version':
      return segments.length === 1 ? SERVER_VERSION : undefined;
    case 'api':
      return segments.length === 1 ? apiVersions({ host }) : apiResourceList({ kinds, group: '', version: first });
    case 'apis':
      if (segments.length === 1) return apiGroupList(kinds);
      if (second === undefined) return apiGroup({ kinds, group: first });
      return apiResourceList({ kinds, group: first, version: second });
    case 'openapi':
      if (first !== 'v3') return undefined;
      return second === undefined ? openapiIndex(kinds) : openapiDocument({ kinds, path: segments.slice(2).join('/') });
    default:
      return undefined;
  }
}
