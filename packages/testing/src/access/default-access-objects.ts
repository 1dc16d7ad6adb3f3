import type { ObjectInput } from '../state/kubernetes-object.ts';
import { ADMIN_RULES, EDIT_RULES, VIEW_RULES } from './default-role-rules.ts';
import { AUTHENTICATED, MASTERS, UNAUTHENTICATED } from './user.ts';

const RBAC = 'rbac.authorization.k8s.io';
const HEALTH = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const DISCOVERY = ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/openapi', '/openapi/*', '/readyz'];

/**
 * The roles and bindings that every cluster has for people, as Kubernetes 1.34 has them: `cluster-admin`, `admin`, `edit`, `view`, and what
 * everybody may do. Those of its own components are left out.
 */
export function defaultAccessObjects(): readonly ObjectInput[] {
  return [
    clusterRole({
      name: 'cluster-admin',
      rules: [
        { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
        { nonResourceURLs: ['*'], verbs: ['*'] },
      ],
    }),
    clusterRole({ name: 'admin', rules: ADMIN_RULES, aggregates: 'admin' }),
    clusterRole({ name: 'edit', rules: EDIT_RULES, aggregates: 'edit', aggregatedTo: 'admin' }),
    clusterRole({ name: 'view', rules: VIEW_RULES, aggregates: 'view', aggregatedTo: 'edit' }),
    clusterRole({
      name: 'system:discovery',
      rules: [{ nonResourceURLs: [...DISCOVERY, '/version', '/version/'], verbs: ['get'] }],
    }),
    clusterRole({
      name: 'system:basic-user',
      rules: [
        {
          apiGroups: ['authorization.k8s.io'],
          resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
          verbs: ['create'],
        },
        { apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'], verbs: ['create'] },
      ],
    }),
    clusterRole({ name: 'system:public-info-viewer', rules: [{ nonResourceURLs: HEALTH, verbs: ['get'] }] }),
    clusterRoleBinding({ name: 'cluster-admin', groups: [MASTERS] }),
    clusterRoleBinding({ name: 'system:discovery', groups: [AUTHENTICATED] }),
    clusterRoleBinding({ name: 'system:basic-user', groups: [AUTHENTICATED] }),
    clusterRoleBinding({ name: 'system:public-info-viewer', groups: [AUTHENTICATED, UNAUTHENTICATED] }),
  ];
}

function clusterRole(options: {
  readonly name: string;
  readonly rules: readonly object[];
  readonly aggregates?: string;
  readonly aggregatedTo?: string;
}): ObjectInput {
  const { name, rules, aggregates, aggregatedTo } = options;
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: metadataOf(name, aggregatedTo === undefined ? {} : aggregationLabel(aggregatedTo)),
    rules,
    ...(aggregates !== undefined && {
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregationLabel(aggregates) }] },
    }),
  };
}

function clusterRoleBinding({
  name,
  groups,
}: {
  readonly name: string;
  readonly groups: readonly string[];
}): ObjectInput {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: metadataOf(name),
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
    subjects: groups.map((group) => ({ apiGroup: RBAC, kind: 'Group', name: group })),
  };
}

function metadataOf(name: string, labels: Readonly<Record<string, string>> = {}) {
  return {
    name,
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
  };
}

function aggregationLabel(role: string): Readonly<Record<string, string>> {
  return { [`${RBAC}/aggregate-to-${role}`]: 'true' };
}
