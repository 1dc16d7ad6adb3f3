import { apiVersionOf, type ResourceKind } from '../state/resource-kind.ts';

/** The answer to `/api` in the old form. */
export function apiVersions({ host }: { host: string }): unknown {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: host }],
  };
}

/** The answer to `/apis` in the old form. */
export function apiGroupList(kinds: readonly ResourceKind[]): unknown {
  const groups = new Set(kinds.map((kind) => kind.group).filter((group) => group !== ''));
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: [...groups].map((group) => describeGroup(kinds, group)) };
}

/** The answer to `/apis/{group}`; `undefined` when there is no such group. */
export function apiGroup({ kinds, group }: { kinds: readonly ResourceKind[]; group: string }): unknown {
  if (!kinds.some((kind) => kind.group === group)) return undefined;
  return { kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(kinds, group) };
}

/** The answer to `/api/v1` and `/apis/{group}/{version}`; `undefined` when there is no such group. */
export function apiResourceList(options: {
  readonly kinds: readonly ResourceKind[];
  readonly group: string;
  readonly version: string;
}): unknown {
  const { group, version } = options;
  const kinds = options.kinds.filter((kind) => kind.group === group && kind.version === version);
  if (kinds.length === 0) return undefined;
  const groupVersion = apiVersionOf({ group, version });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: kinds.flatMap(describeKind) };
}

function describeGroup(kinds: readonly ResourceKind[], name: string) {
  const numbers = new Set(kinds.filter((kind) => kind.group === name).map((kind) => kind.version));
  const versions = [...numbers].map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

function describeKind(kind: ResourceKind) {
  const subresources = kind.subresources?.map((sub) => ({
    name: `${kind.resource}/${sub.name}`,
    singularName: '',
    namespaced: kind.namespaced,
    ...(sub.group && { group: sub.group, version: sub.version }),
    kind: sub.kind,
    verbs: sub.verbs,
  }));
  const resource = {
    name: kind.resource,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: kind.verbs,
    ...(kind.shortNames && { shortNames: kind.shortNames }),
    ...(kind.categories && { categories: kind.categories }),
  };
  return [resource, ...(subresources ?? [])];
}
