import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { aggregatedRules } from './aggregated-rules.ts';
import { type PolicyRule, readRules } from './policy-rule.ts';
import { type BindingSubject, matchingSubject, type RoleReference, roleReferenceOf } from './role-binding.ts';
import type { User } from './user.ts';

const CLUSTER_ROLE = builtInKind('ClusterRole');
const ROLE = builtInKind('Role');
const CLUSTER_ROLE_BINDING = builtInKind('ClusterRoleBinding');
const ROLE_BINDING = builtInKind('RoleBinding');

/** The rules that one binding gives to a user. */
export interface Grant {
  readonly binding: KubernetesObject;
  readonly role: RoleReference;
  readonly subject: BindingSubject;
  /** `undefined` when there is no such role. */
  readonly rules: readonly PolicyRule[] | undefined;
}

/**
 * What the bindings of the cluster and those of a namespace give to a user, one after the other; read from the store when it is asked for, so
 * that a change counts from the next request on.
 */
export function* grantedRules(options: {
  readonly store: Pick<ObjectStore, 'get' | 'list'>;
  readonly user: User;
  readonly namespace: string | undefined;
}): Generator<Grant> {
  const { store, user, namespace } = options;
  const everywhere = store.list({ kind: CLUSTER_ROLE_BINDING });
  const here = namespace === undefined ? [] : store.list({ kind: ROLE_BINDING, namespace });
  for (const binding of [...everywhere, ...here]) {
    const subject = matchingSubject(binding, user);
    const role = roleReferenceOf(binding);
    if (!subject || !role) continue;
    yield { binding, role, subject, rules: rulesOf({ store, role, namespace: binding.metadata.namespace }) };
  }
}

function rulesOf(options: {
  readonly store: Pick<ObjectStore, 'get' | 'list'>;
  readonly role: RoleReference;
  readonly namespace: string | undefined;
}): readonly PolicyRule[] | undefined {
  const { store, role, namespace } = options;
  const { name } = role;
  const inNamespace = role.kind === 'Role';
  // A cluster-wide binding of a Role means nothing, as on a real server.
  if (inNamespace && namespace === undefined) return undefined;
  const object = inNamespace
    ? store.get({ kind: ROLE, namespace, name })
    : store.get({ kind: CLUSTER_ROLE, namespace: undefined, name });
  if (!object) return undefined;
  const aggregated = inNamespace
    ? []
    : aggregatedRules({ role: object, list: () => store.list({ kind: CLUSTER_ROLE }) });
  return [...readRules(object), ...aggregated];
}
