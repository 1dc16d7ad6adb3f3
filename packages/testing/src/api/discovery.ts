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
  // The list of the core group says no version of its own.
  return {
    kind: 'APIResourceList',
    ...(group !== '' && { apiVersion: 'v1' }),
    groupVersion: apiVersionOf({ group, version }),
    resources: kinds.flatMap(describeKind),
  };
}

const VERSION = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/;

/** The versions of kinds as servers order them, the preferred one first: `v10`, `v2`, `v1`, `v1beta1`, `v1alpha1`, then any other by name. */
export function orderedVersions(kinds: readonly ResourceKind[]): readonly string[] {
  return [...new Set(kinds.map(({ version }) => version))].sort((one, other) => {
    const ranks = [versionRank(one), versionRank(other)] as const;
    for (const [index, rank] of ranks[0].entries()) {
      const difference = (ranks[1][index] ?? 0) - rank;
      if (difference !== 0) return difference;
    }
    return one < other ? -1 : 1;
  });
}

/** Stability, major number, minor number: more goes first. */
function versionRank(version: string): readonly [number, number, number] {
  const match = VERSION.exec(version);
  if (!match) return [0, 0, 0];
  const [, major, stage, minor = 0] = match;
  return [stage === undefined ? 3 : { alpha: 1, beta: 2 }[stage as 'alpha' | 'beta'], Number(major), Number(minor)];
}

function describeGroup(kinds: readonly ResourceKind[], name: string) {
  const numbers = orderedVersions(kinds.filter((kind) => kind.group === name));
  const versions = numbers.map((version) => ({ groupVersion: `${name}/${version}`, version }));
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
