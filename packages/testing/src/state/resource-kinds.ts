import { apiVersionOf, type ResourceKind, type Subresource } from './resource-kind.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function status(kind: string): Subresource {
  return { name: 'status', kind, verbs: ['get', 'patch', 'update'] };
}

const SCALE: Subresource = {
  name: 'scale',
  kind: 'Scale',
  group: 'autoscaling',
  version: 'v1',
  verbs: ['get', 'patch', 'update'],
};

interface Row extends Pick<ResourceKind, 'kind' | 'resource' | 'shortNames' | 'categories' | 'subresources' | 'verbs'> {
  readonly namespaced: boolean;
  readonly singular: string;
}

function row(kind: string, resource: string, rest: Partial<Row> = {}): Row {
  return { kind, resource, singular: kind.toLowerCase(), namespaced: true, verbs: VERBS, ...rest };
}

const workload = (kind: string, resource: string, shortName: string, ...subresources: Subresource[]): Row =>
  row(kind, resource, { shortNames: [shortName], categories: ['all'], subresources: [...subresources, status(kind)] });

const GROUPS: readonly { readonly group: string; readonly version: string; readonly kinds: readonly Row[] }[] = [
  {
    group: '',
    version: 'v1',
    kinds: [
      row('ConfigMap', 'configmaps', { shortNames: ['cm'] }),
      row('Endpoints', 'endpoints', { shortNames: ['ep'] }),
      row('Event', 'events', { shortNames: ['ev'] }),
      row('Namespace', 'namespaces', {
        namespaced: false,
        shortNames: ['ns'],
        verbs: VERBS.filter((verb) => verb !== 'deletecollection'),
        subresources: [status('Namespace')],
      }),
      row('Node', 'nodes', { namespaced: false, shortNames: ['no'], subresources: [status('Node')] }),
      row('Pod', 'pods', {
        shortNames: ['po'],
        categories: ['all'],
        subresources: [
          { name: 'log', kind: 'Pod', verbs: ['get'] },
          { name: 'portforward', kind: 'PodPortForwardOptions', verbs: ['create', 'get'] },
          status('Pod'),
        ],
      }),
      row('Secret', 'secrets'),
      row('Service', 'services', { shortNames: ['svc'], categories: ['all'], subresources: [status('Service')] }),
      row('ServiceAccount', 'serviceaccounts', { shortNames: ['sa'] }),
    ],
  },
  {
    group: 'apps',
    version: 'v1',
    kinds: [
      workload('DaemonSet', 'daemonsets', 'ds'),
      workload('Deployment', 'deployments', 'deploy', SCALE),
      workload('ReplicaSet', 'replicasets', 'rs', SCALE),
      workload('StatefulSet', 'statefulsets', 'sts', SCALE),
    ],
  },
  {
    group: 'batch',
    version: 'v1',
    kinds: [row('Job', 'jobs', { categories: ['all'], subresources: [status('Job')] })],
  },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    kinds: [row('SelfSubjectAccessReview', 'selfsubjectaccessreviews', { namespaced: false, verbs: ['create'] })],
  },
  { group: 'coordination.k8s.io', version: 'v1', kinds: [row('Lease', 'leases')] },
  { group: 'discovery.k8s.io', version: 'v1', kinds: [row('EndpointSlice', 'endpointslices')] },
];

/** Every kind that the simulated server knows, core group first. */
export const RESOURCE_KINDS: readonly ResourceKind[] = GROUPS.flatMap(({ group, version, kinds }) =>
  kinds.map((kind) => ({ group, version, ...kind })),
);

/** The kind of an object by its `apiVersion` and `kind`. */
export function findKind({ apiVersion, kind }: { apiVersion: string; kind: string }): ResourceKind | undefined {
  return RESOURCE_KINDS.find((known) => known.kind === kind && apiVersionOf(known) === apiVersion);
}

/** The kind that stands behind a path. */
export function findResource(path: { group: string; version: string; resource: string }): ResourceKind | undefined {
  return RESOURCE_KINDS.find(
    (known) => known.group === path.group && known.version === path.version && known.resource === path.resource,
  );
}

/** The kind of that name; it throws when there is none, which is a mistake in the simulator itself. */
export function knownKind(kind: string): ResourceKind {
  const found = RESOURCE_KINDS.find((known) => known.kind === kind);
  if (!found) throw new TypeError(`The simulated server knows no kind ${kind}`);
  return found;
}
