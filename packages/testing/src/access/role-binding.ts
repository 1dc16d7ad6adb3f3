import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { User } from './user.ts';

/** To whom a binding gives a role. */
export interface BindingSubject {
  readonly kind: string;
  readonly name: string;
  /** Of a service account. */
  readonly namespace: string | undefined;
}

/** The role that a binding gives. */
export interface RoleReference {
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
}

/** The role that a binding names; `undefined` when it names none. */
export function roleReferenceOf(binding: KubernetesObject): RoleReference | undefined {
  const { kind, name } = record(binding.roleRef);
  if ((kind !== 'Role' && kind !== 'ClusterRole') || typeof name !== 'string') return undefined;
  return { kind, name };
}

/** The first subject of a binding that a user is or belongs to. */
export function matchingSubject(binding: KubernetesObject, user: User): BindingSubject | undefined {
  if (!Array.isArray(binding.subjects)) return undefined;
  for (const candidate of binding.subjects as readonly unknown[]) {
    const { kind, name, namespace } = record(candidate);
    if (typeof kind !== 'string' || typeof name !== 'string') continue;
    // A role binding may leave out the namespace of a service account beside it.
    const where = typeof namespace === 'string' && namespace !== '' ? namespace : binding.metadata.namespace;
    const subject = { kind, name, namespace: where };
    if (isSubject(user, subject)) return subject;
  }
  return undefined;
}

function isSubject(user: User, { kind, name, namespace }: BindingSubject): boolean {
  switch (kind) {
    case 'User':
      return user.name === name;
    case 'Group':
      return user.groups.includes(name);
    case 'ServiceAccount':
      return namespace !== undefined && user.name === `system:serviceaccount:${namespace}:${name}`;
    default:
      return false;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
