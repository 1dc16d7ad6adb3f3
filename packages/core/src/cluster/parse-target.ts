import { OptionsError } from '../errors/options-error.ts';
import type { Target, TargetKind } from '../model/target.ts';
import { nameProblem } from './validate-name.ts';

const KINDS: Readonly<Record<TargetKind, readonly string[]>> = {
  pod: ['po', 'pod', 'pods'],
  service: ['svc', 'service', 'services'],
  deployment: ['deploy', 'deployment', 'deployments', 'deployment.apps', 'deployments.apps'],
  statefulset: ['sts', 'statefulset', 'statefulsets', 'statefulset.apps', 'statefulsets.apps'],
  daemonset: ['ds', 'daemonset', 'daemonsets', 'daemonset.apps', 'daemonsets.apps'],
  replicaset: ['rs', 'replicaset', 'replicasets', 'replicaset.apps', 'replicasets.apps'],
  job: ['job', 'jobs', 'job.batch', 'jobs.batch'],
};

const kindOfPrefix: ReadonlyMap<string, TargetKind> = new Map(
  Object.entries(KINDS).flatMap(([kind, prefixes]) => prefixes.map((prefix) => [prefix, kind as TargetKind] as const)),
);

/**
 * Reads a target as kubectl writes it: `web` and `pod/web` are a pod, `svc/web`, `deploy/web` and so on are what their prefix says.
 *
 * @throws {OptionsError} when the prefix is no kind that forwards to pods, or the name cannot be one in Kubernetes
 */
export function parseTarget(text: string): Target {
  const slash = text.indexOf('/');
  const prefix = slash === -1 ? 'pod' : text.slice(0, slash);
  const name = text.slice(slash + 1);
  const kind = kindOfPrefix.get(prefix.toLowerCase());
  if (kind === undefined) throw unknownKind(prefix);
  const problem = nameProblem({ what: `name of the ${kind}`, name });
  if (problem !== undefined) {
    throw new OptionsError({
      problems: [{ path: 'target', message: problem }],
      hint: 'Write a target as web, pod/web, svc/web or deploy/web.',
    });
  }
  return { kind, name };
}

/** The short form of a target, as a person would type it: `pod/web`, `svc/web`; of a selector, the selector. */
export function formatTarget(target: Target): string {
  if (target.kind === 'selector') return target.selector;
  return `${SHORT_PREFIX[target.kind]}/${target.name}`;
}

const SHORT_PREFIX: Readonly<Record<TargetKind, string>> = {
  pod: 'pod',
  service: 'svc',
  deployment: 'deploy',
  statefulset: 'sts',
  daemonset: 'ds',
  replicaset: 'rs',
  job: 'job',
};

function unknownKind(prefix: string): OptionsError {
  return new OptionsError({
    problems: [{ path: 'target', message: `"${prefix.slice(0, 64)}" is no kind of object that a forward can lead to` }],
    hint: `Kinds: ${Object.values(SHORT_PREFIX).join(', ')}. A label selector is given with -l.`,
  });
}
