import { forbidden, forbiddenPath } from '../errors/refusals.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { AccessDecision, Authorize, PathAttempt, ResourceAttempt } from './access-attempt.ts';
import { type Grant, grantedRules } from './granted-rules.ts';
import { type PolicyRule, ruleAllows } from './policy-rule.ts';
import { MASTERS, type User } from './user.ts';

const ALLOWED: AccessDecision = { allowed: true, reason: '' };
const EVERYTHING: PolicyRule = {
  verbs: ['*'],
  apiGroups: ['*'],
  resources: ['*'],
  resourceNames: [],
  nonResourceURLs: ['*'],
};

/** The rules that are known to count for a user. */
export interface KnownRules {
  readonly rules: readonly PolicyRule[];
  /** Whether these are all. */
  readonly isComplete: boolean;
  /** Such as which roles are missing; empty when all is well. */
  readonly problem: string;
}

/**
 * Decides who may do what: by the function of a test, if it gave one, else by the roles and bindings in the store (RBAC). `system:masters` may
 * do everything. The function is asked about resources alone; other paths, and questions about oneself, are then open to everybody.
 */
export class Authorizer {
  readonly #store: Pick<ObjectStore, 'get' | 'list'>;
  readonly #authorize: Authorize | undefined;

  constructor(options: {
    readonly store: Pick<ObjectStore, 'get' | 'list'>;
    readonly authorize?: Authorize | undefined;
  }) {
    this.#store = options.store;
    this.#authorize = options.authorize;
  }

  /** Whether a user may do something with a resource. */
  decide(user: User, attempt: ResourceAttempt): AccessDecision {
    if (!this.#authorize) return this.#decideByRules({ user, attempt, namespace: attempt.namespace });
    return { allowed: this.#authorize({ user: user.name, groups: user.groups, ...attempt }), reason: '' };
  }

  /** Whether a user may do something with a path that leads to no resource. */
  decidePath(user: User, attempt: PathAttempt): AccessDecision {
    return this.#authorize ? ALLOWED : this.#decideByRules({ user, attempt, namespace: undefined });
  }

  /** Lets a request for a resource pass. @throws StatusError 403 when a user may not do that. */
  require(user: User, asked: ResourceAttempt): void {
    const attempt = withOwnNamespace(asked);
    if (this.#authorize && isAboutOneself(attempt)) return;
    const { allowed, reason } = this.decide(user, attempt);
    if (!allowed) throw forbidden({ user: user.name, ...attempt, because: reason });
  }

  /** Lets a request for anything else pass. @throws StatusError 403 when a user may not do that. */
  requirePath(user: User, attempt: PathAttempt): void {
    const { allowed, reason } = this.decidePath(user, attempt);
    if (!allowed) throw forbiddenPath({ user: user.name, ...attempt, because: reason });
  }

  /** Every rule that counts for a user in a namespace. */
  rulesFor(user: User, namespace: string): KnownRules {
    if (this.#authorize)
      return { rules: [], isComplete: false, problem: 'a function of the test decides over requests' };
    if (user.isUnrestricted === true) return { rules: [EVERYTHING], isComplete: true, problem: '' };
    const grants = [...grantedRules({ store: this.#store, user, namespace })];
    return { rules: grants.flatMap(({ rules }) => unique(rules ?? [])), isComplete: true, problem: problemOf(grants) };
  }

  #decideByRules(options: {
    readonly user: User;
    readonly attempt: ResourceAttempt | PathAttempt;
    readonly namespace: string | undefined;
  }): AccessDecision {
    const { user, attempt, namespace } = options;
    if (user.isUnrestricted === true || user.groups.includes(MASTERS)) return ALLOWED;
    const grants: Grant[] = [];
    for (const grant of grantedRules({ store: this.#store, user, namespace })) {
      if (grant.rules?.some((rule) => ruleAllows(rule, attempt))) return { allowed: true, reason: reasonOf(grant) };
      grants.push(grant);
    }
    const problem = problemOf(grants);
    return { allowed: false, reason: problem === '' ? '' : `RBAC: ${problem}` };
  }
}

/** The reviews that `kubectl auth can-i` and `kubectl auth whoami` ask for. */
function isAboutOneself({ group, resource }: ResourceAttempt): boolean {
  return /^auth(?:entication|orization)\.k8s\.io$/.test(group) && resource.startsWith('selfsubject');
}

/** An aggregating role may state what it takes over, too. */
function unique(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

/** A namespace lies in itself, so that a role in it can let somebody read it. */
function withOwnNamespace(attempt: ResourceAttempt): ResourceAttempt {
  const { group, resource, namespace, name } = attempt;
  return group === '' && resource === 'namespaces' && namespace === undefined && name !== undefined
    ? { ...attempt, namespace: name }
    : attempt;
}

function reasonOf({ binding, role, subject }: Grant): string {
  const { name, namespace } = binding.metadata;
  const place = namespace === undefined ? '' : `/${namespace}`;
  const home = subject.kind === 'ServiceAccount' ? `/${subject.namespace ?? ''}` : '';
  return `RBAC: allowed by ${binding.kind} "${name}${place}" of ${role.kind} "${role.name}" to ${subject.kind} "${subject.name}${home}"`;
}

/** Which roles are missing, in the words of a real server. */
function problemOf(grants: readonly Grant[]): string {
  const missing = grants.filter(({ rules }) => rules === undefined).map(({ role }) => role);
  const texts = missing.map(({ kind, name }) => `${kind.toLowerCase()}.rbac.authorization.k8s.io "${name}" not found`);
  const [first = '', ...others] = new Set(texts);
  return others.length === 0 ? first : `[${[first, ...others].join(', ')}]`;
}
