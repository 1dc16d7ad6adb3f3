import { otherEvents } from './event-form.ts';
import { OBJECT_VERBS, type ResourceKind, type Subresource } from './resource-kind.ts';

const CHANGE = ['get', 'patch', 'update'];
const ANSWERED_ONLY = ['create'];

const SCALE: Subresource = { name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: CHANGE };

interface Row extends Omit<ResourceKind, 'group' | 'version'> {}

function row(kind: string, resource: string, rest: Partial<Row> = {}): Row {
  return { kind, resource, singular: kind.toLowerCase(), namespaced: true, verbs: OBJECT_VERBS, ...rest };
}

function status(kind: string): Subresource {
  return { name: 'status', kind, verbs: CHANGE };
}

/** A kind with a specification and a status that follows it. */
function reconciled(kind: string, resource: string, { subresources = [], ...rest }: Partial<Row> = {}): Row {
  return row(kind, resource, { countsGenerations: true, subresources: [...subresources, status(kind)], ...rest });
}

const CLUSTER_WIDE = { namespaced: false };
const ALL = { categories: ['all'] };

const CORE: readonly Row[] = [
  row('ConfigMap', 'configmaps', { shortNames: ['cm'] }),
  row('Endpoints', 'endpoints', {
    shortNames: ['ep'],
    deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  }),
  row('Event', 'events', { shortNames: ['ev'] }),
  row('LimitRange', 'limitranges', { shortNames: ['limits'] }),
  row('Namespace', 'namespaces', {
    ...CLUSTER_WIDE,
    shortNames: ['ns'],
    verbs: OBJECT_VERBS.filter((verb) => verb !== 'deletecollection'),
    subresources: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }, status('Namespace')],
  }),
  row('Node', 'nodes', { ...CLUSTER_WIDE, shortNames: ['no'], subresources: [status('Node')] }),
  row('PersistentVolume', 'persistentvolumes', {
    ...CLUSTER_WIDE,
    shortNames: ['pv'],
    subresources: [status('PersistentVolume')],
  }),
  row('PersistentVolumeClaim', 'persistentvolumeclaims', {
    shortNames: ['pvc'],
    subresources: [status('PersistentVolumeClaim')],
  }),
  reconciled('Pod', 'pods', {
    ...ALL,
    shortNames: ['po'],
    subresources: [
      { name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
      { name: 'log', kind: 'Pod', verbs: ['get'] },
      { name: 'portforward', kind: 'PodPortForwardOptions', verbs: ['create', 'get'] },
    ],
  }),
  row('ResourceQuota', 'resourcequotas', { shortNames: ['quota'], subresources: [status('ResourceQuota')] }),
  row('Secret', 'secrets'),
  row('Service', 'services', { ...ALL, shortNames: ['svc'], subresources: [status('Service')] }),
  row('ServiceAccount', 'serviceaccounts', {
    shortNames: ['sa'],
    subresources: [
      { name: 'token', kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1', verbs: ['create'] },
    ],
  }),
];

const GROUPS: readonly { readonly group: string; readonly version: string; readonly kinds: readonly Row[] }[] = [
  { group: '', version: 'v1', kinds: CORE },
  {
    group: 'apps',
    version: 'v1',
    kinds: [
      row('ControllerRevision', 'controllerrevisions'),
      reconciled('DaemonSet', 'daemonsets', { ...ALL, shortNames: ['ds'] }),
      reconciled('Deployment', 'deployments', { ...ALL, shortNames: ['deploy'], subresources: [SCALE] }),
      reconciled('ReplicaSet', 'replicasets', { ...ALL, shortNames: ['rs'], subresources: [SCALE] }),
      reconciled('StatefulSet', 'statefulsets', { ...ALL, shortNames: ['sts'], subresources: [SCALE] }),
    ],
  },
  {
    group: 'batch',
    version: 'v1',
    kinds: [reconciled('CronJob', 'cronjobs', { ...ALL, shortNames: ['cj'] }), reconciled('Job', 'jobs', { ...ALL })],
  },
  {
    group: 'networking.k8s.io',
    version: 'v1',
    kinds: [
      reconciled('Ingress', 'ingresses', { shortNames: ['ing'] }),
      row('IngressClass', 'ingressclasses', { ...CLUSTER_WIDE, countsGenerations: true }),
      row('NetworkPolicy', 'networkpolicies', { shortNames: ['netpol'], countsGenerations: true }),
    ],
  },
  {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kinds: [
      row('ClusterRole', 'clusterroles', CLUSTER_WIDE),
      row('ClusterRoleBinding', 'clusterrolebindings', CLUSTER_WIDE),
      row('Role', 'roles'),
      row('RoleBinding', 'rolebindings'),
    ],
  },
  {
    group: 'autoscaling',
    version: 'v2',
    kinds: [
      row('HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
        ...ALL,
        shortNames: ['hpa'],
        subresources: [status('HorizontalPodAutoscaler')],
      }),
    ],
  },
  {
    group: 'authentication.k8s.io',
    version: 'v1',
    kinds: [
      row('SelfSubjectReview', 'selfsubjectreviews', { ...CLUSTER_WIDE, verbs: ANSWERED_ONLY }),
      row('TokenReview', 'tokenreviews', { ...CLUSTER_WIDE, verbs: ANSWERED_ONLY }),
    ],
  },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    kinds: [
      row('LocalSubjectAccessReview', 'localsubjectaccessreviews', { verbs: ANSWERED_ONLY }),
      row('SelfSubjectAccessReview', 'selfsubjectaccessreviews', { ...CLUSTER_WIDE, verbs: ANSWERED_ONLY }),
      row('SelfSubjectRulesReview', 'selfsubjectrulesreviews', { ...CLUSTER_WIDE, verbs: ANSWERED_ONLY }),
      row('SubjectAccessReview', 'subjectaccessreviews', { ...CLUSTER_WIDE, verbs: ANSWERED_ONLY }),
    ],
  },
  { group: 'coordination.k8s.io', version: 'v1', kinds: [row('Lease', 'leases', { needsVersion: true })] },
  {
    group: 'discovery.k8s.io',
    version: 'v1',
    kinds: [row('EndpointSlice', 'endpointslices', { countsGenerations: true })],
  },
  {
    group: 'policy',
    version: 'v1',
    kinds: [reconciled('PodDisruptionBudget', 'poddisruptionbudgets', { shortNames: ['pdb'] })],
  },
  {
    group: 'scheduling.k8s.io',
    version: 'v1',
    kinds: [row('PriorityClass', 'priorityclasses', { ...CLUSTER_WIDE, shortNames: ['pc'], countsGenerations: true })],
  },
  {
    group: 'storage.k8s.io',
    version: 'v1',
    kinds: [row('StorageClass', 'storageclasses', { ...CLUSTER_WIDE, shortNames: ['sc'] })],
  },
  {
    group: 'admissionregistration.k8s.io',
    version: 'v1',
    kinds: [
      row('MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', {
        ...CLUSTER_WIDE,
        categories: ['api-extensions'],
        countsGenerations: true,
      }),
      row('ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', {
        ...CLUSTER_WIDE,
        categories: ['api-extensions'],
        countsGenerations: true,
      }),
    ],
  },
  {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    kinds: [
      reconciled('CustomResourceDefinition', 'customresourcedefinitions', {
        ...CLUSTER_WIDE,
        categories: ['api-extensions'],
        shortNames: ['crd', 'crds'],
      }),
    ],
  },
];

const KEPT: readonly ResourceKind[] = GROUPS.flatMap(({ group, version, kinds }) =>
  kinds.map((kind) => ({ group, version, ...kind })),
);

/** Every kind that a simulated server knows from the start, core group first. */
export const BUILT_IN_KINDS: readonly ResourceKind[] = [...KEPT, ...otherEvents(KEPT)];

/** The built-in kind of that name; it throws when there is none, which is a mistake in the simulator itself. */
export function builtInKind(kind: string): ResourceKind {
  const found = BUILT_IN_KINDS.find((known) => known.kind === kind);
  if (!found) throw new TypeError(`No kind ${kind} is built in`);
  return found;
}
