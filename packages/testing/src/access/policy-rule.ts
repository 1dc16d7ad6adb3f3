import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { PathAttempt, ResourceAttempt } from './access-attempt.ts';

/** A rule of a role: what somebody may do. A field that is empty means nothing, empty `resourceNames` mean every name. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

const ALL = '*';

/** The rules that stand in a role; what is no rule is passed over, for nobody checks what a test writes into a role. */
export function readRules(role: KubernetesObject): readonly PolicyRule[] {
  if (!Array.isArray(role.rules)) return [];
  return role.rules
    .filter((rule): rule is Readonly<Record<string, unknown>> => typeof rule === 'object' && rule !== null)
    .map((rule) => ({
      verbs: strings(rule.verbs),
      apiGroups: strings(rule.apiGroups),
      resources: strings(rule.resources),
      resourceNames: strings(rule.resourceNames),
      nonResourceURLs: strings(rule.nonResourceURLs),
    }));
}

/** Whether a rule lets somebody do something. */
export function ruleAllows(rule: PolicyRule, attempt: ResourceAttempt | PathAttempt): boolean {
  if (!includes(rule.verbs, attempt.verb)) return false;
  if ('path' in attempt) return rule.nonResourceURLs.some((pattern) => coversPath(pattern, attempt.path));
  const { group, resource, subresource, name } = attempt;
  return (
    includes(rule.apiGroups, group) &&
    rule.resources.some((pattern) => coversResource(pattern, { resource, subresource })) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(name ?? ''))
  );
}

function includes(patterns: readonly string[], value: string): boolean {
  return patterns.includes(ALL) || patterns.includes(value);
}

function coversResource(pattern: string, { resource, subresource }: Pick<ResourceAttempt, 'resource' | 'subresource'>) {
  if (pattern === ALL) return true;
  if (subresource === undefined) return pattern === resource;
  return pattern === `${resource}/${subresource}` || pattern === `${ALL}/${subresource}`;
}

function coversPath(pattern: string, path: string): boolean {
  return pattern.endsWith(ALL) ? path.startsWith(pattern.replace(/\*+$/, '')) : pattern === path;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
