import { apiVersionOf, type ResourceKind } from '../state/resource-kind.ts';

/** The answer to `/openapi/v3`: where the document of each group and version is. */
export function openapiIndex(kinds: readonly ResourceKind[]): unknown {
  const paths = [...new Set(kinds.map(pathOf))];
  return {
    paths: Object.fromEntries(paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=0` }])),
  };
}

const TITLE = 'Kubernetes';
const VERSION = 'v1.34.2';

/**
 * One document without schemas; `undefined` when no kind is at that path. kubectl looks only whether the PATCH of a kind takes
 * `fieldValidation`; then it leaves validation to the server. helm looks for the same before it runs hooks.
 */
export function openapiDocument({ kinds, path }: { kinds: readonly ResourceKind[]; path: string }): unknown {
  const members = kinds.filter((kind) => pathOf(kind) === path);
  if (members.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: TITLE, version: VERSION },
    paths: Object.fromEntries(members.flatMap(operationsOf)),
    components: { schemas: {} },
  };
}

/** What a kind's verbs are in HTTP, on all objects and on one. */
const OPERATIONS: readonly { readonly verb: string; readonly method: string; readonly named: boolean }[] = [
  { verb: 'create', method: 'post', named: false },
  { verb: 'update', method: 'put', named: true },
  { verb: 'patch', method: 'patch', named: true },
];

/** The paths of a kind with the operations that write objects. */
function operationsOf(kind: ResourceKind): readonly (readonly [string, unknown])[] {
  const all = `/${pathOf(kind)}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.resource}`;
  const written = OPERATIONS.filter(({ verb }) => kind.verbs.includes(verb));
  return [all, `${all}/{name}`].map((path) => {
    const here = written.filter(({ named }) => named === (path !== all));
    return [path, Object.fromEntries(here.map(({ verb, method }) => [method, operation(kind, verb)]))] as const;
  });
}

function operation({ group, version, kind }: ResourceKind, verb: string): unknown {
  return {
    parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string', uniqueItems: true } }],
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-action': { create: 'post', update: 'put' }[verb] ?? verb,
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
}

/** An OpenAPI v2 document in the form that a client accepts. */
export interface OpenapiV2 {
  readonly contentType: string;
  readonly body: Buffer;
}

const PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
/** How clients since Kubernetes 1.10 spell it in `Accept`. */
const PROTOBUF_ASKED = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

/**
 * The answer to `/openapi/v2`: a document that describes nothing, as protobuf for kubectl and helm, otherwise as JSON.
 *
 * In protobuf (`openapiv2.Document` of gnostic) it is field 1, the text `2.0`; field 2, `Info`, with the title as its field 1 and the
 * version as its field 2; fields 8 and 9, the paths and the definitions, empty. Each has its number and type, its length, its bytes.
 */
export function openapiV2Document(accept: string): OpenapiV2 {
  if (accept.includes(PROTOBUF) || accept.includes(PROTOBUF_ASKED)) {
    const body = Buffer.from(`\x0a\x032.0\x12\x15\x0a\x0a${TITLE}\x12\x07${VERSION}\x42\x00\x4a\x00`, 'latin1');
    return { contentType: PROTOBUF, body };
  }
  const document = { swagger: '2.0', info: { title: TITLE, version: VERSION }, paths: {}, definitions: {} };
  return { contentType: 'application/json', body: Buffer.from(JSON.stringify(document)) };
}

function pathOf(kind: ResourceKind): string {
  return `${kind.group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}`;
}
