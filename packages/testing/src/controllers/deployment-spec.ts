import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { countOf } from './read-field.ts';

/** What a Deployment asks for, with the defaults of the API server. */
export interface DeploymentSpec {
  readonly replicas: number;
  readonly paused: boolean;
  readonly recreates: boolean;
  /** How many pods there may be beyond `replicas`, and how many of them may be missing. */
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  readonly minReadySeconds: number;
  /** `undefined` without a deadline. */
  readonly progressDeadlineSeconds: number | undefined;
  readonly revisionHistoryLimit: number;
  readonly template: Readonly<Record<string, unknown>>;
}

/** The deadline that means none. */
const NO_DEADLINE = 2 ** 31 - 1;

/** Reads what a Deployment asks for; percentages are of its replicas, a surge rounded up and what may be missing rounded down. */
export function readDeploymentSpec(deployment: KubernetesObject): DeploymentSpec {
  const spec = fieldsOf(deployment.spec);
  const { type, rollingUpdate } = fieldsOf(spec.strategy);
  const replicas = countOf(spec.replicas, 1);
  const recreates = type === 'Recreate';
  const given = { maxSurge: '25%', maxUnavailable: '25%', ...fieldsOf(rollingUpdate) };
  const maxSurge = recreates ? 0 : shareOf(given.maxSurge, replicas, Math.ceil);
  const atMost = recreates ? 0 : Math.min(shareOf(given.maxUnavailable, replicas, Math.floor), replicas);
  const deadline = countOf(spec.progressDeadlineSeconds, 600);
  return {
    replicas,
    paused: spec.paused === true,
    recreates,
    maxSurge,
    // With neither, an update would never take a step.
    maxUnavailable: !recreates && maxSurge === 0 && atMost === 0 ? 1 : atMost,
    minReadySeconds: countOf(spec.minReadySeconds, 0),
    progressDeadlineSeconds: deadline === NO_DEADLINE ? undefined : deadline,
    revisionHistoryLimit: countOf(spec.revisionHistoryLimit, 10),
    template: fieldsOf(spec.template),
  };
}

/** A number as it is, or a text such as `25%` as its part of a whole; anything else is 0. */
export function shareOf(value: unknown, whole: number, round: (share: number) => number): number {
  if (typeof value !== 'string') return countOf(value, 0);
  const percent = /^(\d{1,4})%$/.exec(value)?.[1];
  return percent === undefined ? 0 : round((Number(percent) * whole) / 100);
}
