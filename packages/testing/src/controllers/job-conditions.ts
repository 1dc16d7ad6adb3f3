import { timestamp } from '../clock/clock.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';
import type { Condition, KubernetesObject } from '../state/kubernetes-object.ts';
import type { ControllerContext } from './controller-context.ts';
import { listOf } from './read-field.ts';

/** How a Job ends. */
export interface JobEnd {
  readonly succeeds: boolean;
  readonly reason: string;
  readonly message: string;
}

/** How a Job ends whose pods have done what it asks for. */
export const COMPLETED: JobEnd = {
  succeeds: true,
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};

/** How a Job ends of which too many pods have failed. */
export const TOO_MANY_FAILURES: JobEnd = {
  succeeds: false,
  reason: 'BackoffLimitExceeded',
  message: 'Job has reached the specified backoff limit',
};

/** How a Job ends that takes too long. */
export const TOO_LATE: JobEnd = {
  succeeds: false,
  reason: 'DeadlineExceeded',
  message: 'Job was active longer than specified deadline',
};

/** The conditions of a Job. */
export function conditionsOf({ status }: KubernetesObject): readonly Condition[] {
  return listOf(fieldsOf(status).conditions) as readonly Condition[];
}

/** The condition of a Job that holds, if it does. */
export function holding(job: KubernetesObject, type: string): Condition | undefined {
  return conditionsOf(job).find((condition) => condition.type === type && condition.status === 'True');
}

/** How a Job that is about to end will end. */
export function targetOf(job: KubernetesObject): JobEnd | undefined {
  const [success, failure] = [holding(job, 'SuccessCriteriaMet'), holding(job, 'FailureTarget')];
  const target = success ?? failure;
  return target && { succeeds: success !== undefined, reason: target.reason ?? '', message: target.message ?? '' };
}

/** Conditions with one set; one that says the same already stays as it is. */
export function withCondition(
  conditions: readonly Condition[],
  options: Pick<Condition, 'type' | 'status' | 'reason' | 'message'> & { readonly clock: ControllerContext['clock'] },
): readonly Condition[] {
  const { clock, ...wanted } = options;
  const before = conditions.find(({ type }) => type === wanted.type);
  if (before?.status === wanted.status && before.reason === wanted.reason) return conditions;
  const now = timestamp(clock);
  const others = conditions.filter((condition) => condition !== before);
  return [...others, { ...wanted, lastProbeTime: now, lastTransitionTime: now } as Condition];
}

/** Conditions with the end of a Job: first how it will end, and once its pods are gone that it has. */
export function withEnd(
  conditions: readonly Condition[],
  options: { readonly end: JobEnd; readonly isOver: boolean; readonly clock: ControllerContext['clock'] },
): readonly Condition[] {
  const { end, isOver, clock } = options;
  const { reason, message, succeeds } = end;
  const common = { status: 'True', reason, message, clock } as const;
  const target = withCondition(conditions, { type: succeeds ? 'SuccessCriteriaMet' : 'FailureTarget', ...common });
  return isOver ? withCondition(target, { type: succeeds ? 'Complete' : 'Failed', ...common }) : target;
}
