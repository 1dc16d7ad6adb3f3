const READ = ['get', 'list', 'watch'];
const CHANGE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const ALL = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function rule(group: string, resources: string, verbs: readonly string[]): object {
  return { apiGroups: [group], resources: resources.split(' '), verbs };
}

/** What the ClusterRole `view` lets somebody do: read everything but secrets and roles. */
export const VIEW_RULES: readonly object[] = [
  rule(
    '',
    'configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers ' +
      'replicationcontrollers/scale serviceaccounts services services/status',
    READ,
  ),
  rule(
    '',
    'bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas ' +
      'resourcequotas/status',
    READ,
  ),
  rule('', 'namespaces', READ),
  rule('discovery.k8s.io', 'endpointslices', READ),
  rule(
    'apps',
    'controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets ' +
      'replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status',
    READ,
  ),
  rule('autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status', READ),
  rule('batch', 'cronjobs cronjobs/status jobs jobs/status', READ),
  rule(
    'extensions',
    'daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status ' +
      'networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale',
    READ,
  ),
  rule('policy', 'poddisruptionbudgets poddisruptionbudgets/status', READ),
  rule('networking.k8s.io', 'ingresses ingresses/status networkpolicies', READ),
  rule('resource.k8s.io', 'resourceclaims resourceclaims/status resourceclaimtemplates', READ),
];

/** What the ClusterRole `edit` adds to that: change it, read secrets, get into pods. */
const EDIT_ONLY_RULES: readonly object[] = [
  rule('', 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy', READ),
  rule('', 'serviceaccounts', ['impersonate']),
  rule('', 'pods pods/attach pods/exec pods/portforward pods/proxy', CHANGE),
  rule('', 'pods/eviction', ['create']),
  rule(
    '',
    'configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets ' +
      'serviceaccounts services services/proxy',
    CHANGE,
  ),
  rule('', 'serviceaccounts/token', ['create']),
  rule(
    'apps',
    'daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets ' +
      'statefulsets/scale',
    CHANGE,
  ),
  rule('autoscaling', 'horizontalpodautoscalers', CHANGE),
  rule('batch', 'cronjobs jobs', CHANGE),
  rule(
    'extensions',
    'daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets ' +
      'replicasets/scale replicationcontrollers/scale',
    CHANGE,
  ),
  rule('policy', 'poddisruptionbudgets', CHANGE),
  rule('networking.k8s.io', 'ingresses networkpolicies', CHANGE),
  rule('coordination.k8s.io', 'leases', ALL),
  rule('resource.k8s.io', 'resourceclaims resourceclaimtemplates', CHANGE),
];

/** The rules of the ClusterRole `edit`. */
export const EDIT_RULES: readonly object[] = [...EDIT_ONLY_RULES, ...VIEW_RULES];

/** The rules of the ClusterRole `admin`: beside those of `edit`, to give roles away within a namespace. */
export const ADMIN_RULES: readonly object[] = [
  ...EDIT_RULES,
  rule('authorization.k8s.io', 'localsubjectaccessreviews', ['create']),
  rule('rbac.authorization.k8s.io', 'rolebindings roles', ALL),
];
