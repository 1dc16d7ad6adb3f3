import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptedDiscovery, aggregatedDiscovery } from '../api/aggregated-discovery.ts';
import { apiGroup, apiGroupList, apiResourceList, apiVersions } from '../api/discovery.ts';
import { openapiDocument, openapiIndex, openapiV2Document } from '../api/openapi.ts';
import { SERVER_VERSION } from '../api/version.ts';
import { methodNotAllowed, unknownResource } from '../errors/statuses.ts';
import { sendJson } from '../http/send.ts';
import { apiVersionOf, type ResourceKind } from '../state/resource-kind.ts';
import type { AdmittedRequest } from './admit-request.ts';

/**
 * Answers requests for what describes the server itself: its paths, version, health, discovery, OpenAPI. Paths of resources lead elsewhere.
 *
 * @throws StatusError 404 for a group or a document that does not exist, 405 for anything but a GET.
 */
export function serveDocument(
  options: AdmittedRequest & {
    readonly kinds: readonly ResourceKind[];
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
  },
): void {
  const { kinds: all, method, segments, query, request, response } = options;
  const [root = '', first = ''] = segments;
  const accept = request.headers.accept ?? '';
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed('the server allows only GET here');
  if (HEALTH.has(root)) {
    sendPlain(response, { contentType: 'text/plain; charset=utf-8', body: healthText({ segments, query }) });
    return;
  }
  if (root === 'openapi' && first === 'v2' && segments.length === 2) {
    sendPlain(response, openapiV2Document(accept));
    return;
  }
  const discovery = acceptedDiscovery(accept);
  if (discovery && segments.length === 1 && (root === 'api' || root === 'apis')) {
    const kinds = all.filter(({ group }) => (group === '') === (root === 'api'));
    const body = aggregatedDiscovery({ kinds, version: discovery.version });
    sendJson(response, { body, contentType: discovery.mediaType });
    return;
  }
  const body = jsonDocument({ kinds: all, segments, host: request.headers.host ?? '' });
  if (body === undefined) throw unknownResource();
  sendJson(response, { body });
}

function sendPlain(
  response: ServerResponse,
  { contentType, body }: { readonly contentType: string; readonly body: string | Buffer },
): void {
  const length = Buffer.byteLength(body);
  response.writeHead(200, { 'content-type': contentType, 'content-length': length, vary: 'Accept' }).end(body);
}

function jsonDocument(options: {
  readonly kinds: readonly ResourceKind[];
  readonly segments: readonly string[];
  readonly host: string;
}): unknown {
  const { kinds, segments, host } = options;
  const [root, first = '', second] = segments;
  switch (root) {
    case undefined:
      return { paths: serverPaths(kinds) };
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

/** What the answer to `/` lists. */
function serverPaths(kinds: readonly ResourceKind[]): readonly string[] {
  const groups = kinds.filter(({ group }) => group !== '');
  const paths = [
    ...['/api', '/api/v1', '/apis', '/apis/', '/openapi/v2', '/openapi/v3', '/version'],
    ...groups.flatMap((kind) => [`/apis/${kind.group}`, `/apis/${apiVersionOf(kind)}`]),
    ...[...HEALTH].flatMap((root) => [`/${root}`, ...CHECKS.map((check) => `/${root}/${check}`)]),
  ];
  return [...new Set(paths)].sort();
}

const HEALTH: ReadonlySet<string> = new Set(['healthz', 'livez', 'readyz']);
/** What is checked: a server in process has nothing that could be down while it answers. */
const CHECKS: readonly string[] = ['ping'];

/**
 * The answer of a health path: `ok`, or with `verbose` one line for each check. `exclude` leaves a check out.
 *
 * @throws StatusError 404 for a check that does not exist.
 */
function healthText({ segments, query }: { segments: readonly string[]; query: URLSearchParams }): string {
  const [root = '', ...rest] = segments;
  const asked = rest.join('/');
  if (asked !== '' && !CHECKS.includes(asked)) throw unknownResource();
  if (asked !== '' || !query.has('verbose')) return 'ok';
  const excluded = query.getAll('exclude');
  const unknown = excluded.filter((check) => !CHECKS.includes(check)).map((check) => JSON.stringify(check));
  return [
    ...CHECKS.map((check) => `[+]${check} ${excluded.includes(check) ? 'excluded: ' : ''}ok\n`),
    unknown.length === 0 ? '' : `warn: some health checks cannot be excluded: no matches for ${unknown.join(', ')}\n`,
    `${root} check passed\n`,
  ].join('');
}
