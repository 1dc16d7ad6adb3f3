import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { type PolicyRule, readRules } from './policy-rule.ts';

/**
 * The rules that a ClusterRole takes over from others by its `aggregationRule`, and those from yet others. A real cluster writes them into the
 * role; here they are looked up when they are needed.
 *
 * @param options `list`: all ClusterRoles; it is called only for a role with an `aggregationRule`.
 */
export function aggregatedRules(options: {
  readonly role: KubernetesObject;
  readonly list: () => readonly KubernetesObject[];
}): readonly PolicyRule[] {
  if (selectorsOf(options.role).length === 0) return [];
  const all = options.list();
  const found = new Set([options.role]);
  // A set grows while it is walked through, and a role that is in it already is not added again.
  for (const role of found) {
    const selectors = selectorsOf(role);
    if (selectors.length === 0) continue;
    for (const other of all) if (selectors.some((labels) => hasLabels(other, labels))) found.add(other);
  }
  found.delete(options.role);
  return [...found].flatMap(readRules);
}

type Labels = Readonly<Record<string, unknown>>;

/** Selectors by expressions select nothing here. */
function selectorsOf({ aggregationRule }: KubernetesObject): readonly Labels[] {
  const { clusterRoleSelectors } = (aggregationRule ?? {}) as { clusterRoleSelectors?: unknown };
  if (!Array.isArray(clusterRoleSelectors)) return [];
  return clusterRoleSelectors.flatMap((selector: { matchLabels?: Labels; matchExpressions?: unknown } | null) =>
    selector?.matchLabels && selector.matchExpressions === undefined ? [selector.matchLabels] : [],
  );
}

function hasLabels({ metadata: { labels = {} } }: KubernetesObject, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
