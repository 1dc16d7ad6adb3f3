import type { ResourceKind, Subresource } from '../state/resource-kind.ts';
import { orderedVersions } from './discovery.ts';

/** A media type of aggregated discovery, the newest first; clients name what they know in `Accept`. */
const VERSIONS = ['v2', 'v2beta1'] as const;

function mediaType(version: string): string {
  return `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
}

/**
 * The media type of aggregated discovery (KEP-3352) that an `Accept` header asks for, by the order of the header.
 * `undefined`: the client wants the old form.
 */
export function acceptedDiscovery(
  accept: string,
): { readonly version: string; readonly mediaType: string } | undefined {
  for (const range of accept.split(',')) {
    const parameters = range.split(';').map((part) => part.trim());
    if (!parameters.includes('as=APIGroupDiscoveryList') || !parameters.includes('g=apidiscovery.k8s.io')) continue;
    const version = VERSIONS.find((known) => parameters.includes(`v=${known}`));
    if (version && parameters[0] === 'application/json') return { version, mediaType: mediaType(version) };
  }
  return undefined;
}

/** The answer to `/api` (`core`) and `/apis` in aggregated form: every group with its versions and resources. */
export function aggregatedDiscovery({ kinds, version }: { kinds: readonly ResourceKind[]; version: string }): unknown {
  const groups = Map.groupBy(kinds, (kind) => kind.group);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: [...groups].map(([group, members]) => ({
      metadata: group === '' ? {} : { name: group },
      versions: orderedVersions(members).map((one) => ({
        version: one,
        resources: members.filter((kind) => kind.version === one).map(describe),
        freshness: 'Current',
      })),
    })),
  };
}

function describe(kind: ResourceKind) {
  // Servers say the group and version of a kind only where a CustomResourceDefinition has brought it.
  const { group, version } = kind.isCustom === true ? kind : { group: '', version: '' };
  return {
    resource: kind.resource,
    responseKind: { group, version, kind: kind.kind },
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: kind.verbs,
    ...(kind.shortNames && { shortNames: kind.shortNames }),
    ...(kind.categories && { categories: kind.categories }),
    ...(kind.subresources && {
      subresources: kind.subresources.map((one) => describeSubresource(one, { group, version })),
    }),
  };
}

function describeSubresource(
  { name, kind, group, version, verbs }: Subresource,
  parent: { readonly group: string; readonly version: string },
) {
  const responseKind = { group: group ?? parent.group, version: version ?? parent.version, kind };
  return { subresource: name, responseKind, verbs };
}
