import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { AGE, at, type Column, list, NAME, type TableLayouts, text } from './table-layout.ts';

function subjects(name: string, kind: string): Column {
  return {
    name,
    priority: 1,
    cell: (binding) =>
      list(binding, 'subjects')
        .filter((subject) => at(subject, 'kind') === kind)
        .map((subject) => subjectName(subject, kind))
        .join(', '),
  };
}

function subjectName(subject: unknown, kind: string): string {
  const name = text(subject, ['name'], '');
  return kind === 'ServiceAccount' ? `${text(subject, ['namespace'], '')}/${name}` : name;
}

const BINDING: readonly Column[] = [
  NAME,
  { name: 'Role', cell: roleOf },
  AGE,
  subjects('Users', 'User'),
  subjects('Groups', 'Group'),
  subjects('ServiceAccounts', 'ServiceAccount'),
];

/** The columns of role bindings, as the real API server prints them. */
export const ACCESS_TABLES: TableLayouts = {
  'rbac.authorization.k8s.io/RoleBinding': BINDING,
  'rbac.authorization.k8s.io/ClusterRoleBinding': BINDING,
};

function roleOf(binding: KubernetesObject): string {
  return `${text(binding, ['roleRef', 'kind'], '')}/${text(binding, ['roleRef', 'name'], '')}`;
}
