/** What a request of the Kubernetes API asks for, in the terms of its access rules. */
export interface RequestAttributes {
  readonly verb: string;
  /** API group, empty for the core group. */
  readonly group: string;
  /** With its subresource: `pods/portforward`. Of a path that is no resource, the path. */
  readonly resource: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

const VERBS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  GET: ['get', 'list'],
  POST: ['create', 'create'],
  PUT: ['update', 'update'],
  PATCH: ['patch', 'patch'],
  DELETE: ['delete', 'deletecollection'],
};

/** Reads method and path as the API server does (`RequestInfo`): `/api/v1/…` and `/apis/GROUP/VERSION/…`. */
export function requestAttributes(options: {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly watch?: boolean;
}): RequestAttributes {
  const parts = options.path.split('/').filter(Boolean).map(decode);
  const isCore = parts[0] === 'api';
  const group = isCore ? '' : (parts[1] ?? '');
  let rest = parts.slice(isCore ? 2 : 3);
  let namespace: string | undefined;
  if (rest[0] === 'namespaces' && rest.length > 2) {
    namespace = rest[1];
    rest = rest.slice(2);
  }
  const [resource, name, subresource] = rest;
  const [one, many] = VERBS[options.method] ?? [options.method.toLowerCase(), options.method.toLowerCase()];
  if (resource === undefined) return { verb: one, group: '', resource: options.path, name, namespace };
  return {
    verb: options.watch ? 'watch' : name === undefined ? many : one,
    group,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    name,
    namespace,
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // it is only used in messages
  }
}
