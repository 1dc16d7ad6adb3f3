import { apiVersionOf, type ResourceKind } from '../state/resource-kind.ts';

/** The answer to `/openapi/v3`: where the document of each group and version is. */
export function openapiIndex(kinds: readonly ResourceKind[]): unknown {
  const paths = [...new Set(kinds.map(pathOf))];
  return {
    paths: Object.fromEntries(paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=0` }])),
  };
}

/**
 * One document without schemas. kubectl looks only whether the PATCH of a kind takes `fieldValidation`; then it leaves validation to the
 * server.
 */
export function openapiDocument({ kinds, path }: { kinds: readonly ResourceKind[]; path: string }): unknown {
  const members = kinds.filter((kind) => pathOf(kind) === path);
  if (members.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.34.2' },
    paths: Object.fromEntries(
      members.map((kind) => [
        `/${path}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.resource}/{name}`,
        {
          patch: {
            parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string', uniqueItems: true } }],
            responses: { 200: { description: 'OK' } },
            'x-kubernetes-group-version-kind': { group: kind.group, version: kind.version, kind: kind.kind },
          },
        },
      ]),
    ),
    components: { schemas: {} },
  };
}

/** The media type in which clients ask for `/openapi/v2`; they never ask for JSON. */
export const OPENAPI_V2_MEDIA_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** The least OpenAPI v2 document, as protobuf: swagger "2.0", an info with title and version, no paths, no definitions. */
export function openapiV2Document(): Buffer {
  const title = field(1, Buffer.from('Kubernetes'));
  const version = field(2, Buffer.from('v1.34.2'));
  return Buffer.concat([
    field(1, Buffer.from('2.0')),
    field(2, Buffer.concat([title, version])),
    field(8, Buffer.alloc(0)),
    field(9, Buffer.alloc(0)),
  ]);
}

/** A length-delimited protobuf field; numbers and lengths here fit in one byte each. */
function field(number: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value]);
}

function pathOf(kind: ResourceKind): string {
  return `${kind.group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}`;
}
