import { timestamp } from '../clock/clock.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';
import { withJobSelector } from '../objects/job-selector.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { Condition, KubernetesObject } from '../state/kubernetes-object.ts';
import { changeStatus, currentOf } from './change-status.ts';
import type { ControllerContext } from './controller-context.ts';
import { deleteOwned } from './delete-owned.ts';
import {
  COMPLETED,
  conditionsOf,
  holding,
  type JobEnd,
  TOO_LATE,
  TOO_MANY_FAILURES,
  targetOf,
  withCondition,
  withEnd,
} from './job-conditions.ts';
import { makeJobPod } from './job-pod.ts';
import { type JobSpec, readJobSpec } from './job-spec.ts';
import { indexOf, indexText, JobTally } from './job-tally.ts';
import { hasEnded, isActive, isPodReady } from './pod-state.ts';
import { countOf, listOf, textOf, withoutZeros } from './read-field.ts';
import { runController } from './run-controller.ts';
import { runWorkloadController } from './run-workload-controller.ts';

const COMPONENT = 'job-controller';

/** A Job in one moment. */
interface JobState {
  readonly job: KubernetesObject;
  readonly spec: JobSpec;
  readonly pods: readonly KubernetesObject[];
  readonly active: readonly KubernetesObject[];
  readonly tally: JobTally;
  readonly startTime: string | undefined;
}

/** Runs the pods of every Job until enough have succeeded or too many have failed. */
export function runJobController(context: ControllerContext): void {
  const { store, clock, events, signal } = context;
  const tallies = new Map<string, JobTally>();
  completeJobs();

  runWorkloadController(context, {
    kind: 'Job',
    makes: 'Pod',
    reconcile(job, pods) {
      const spec = readJobSpec(job);
      const ended = holding(job, 'Complete') ?? holding(job, 'Failed');
      if (ended) return expire(job, spec, ended);
      if (job.metadata.deletionTimestamp !== undefined) return undefined;
      const tally = tallies.get(job.metadata.uid) ?? new JobTally();
      tallies.set(job.metadata.uid, tally);
      tally.count({ pods, isIndexed: spec.isIndexed, now: clock.now() });
      const state: JobState = { job, spec, pods, active: pods.filter(isActive), tally, startTime: startOf(job, spec) };
      const end = targetOf(job) ?? endOf(state);
      if (end || spec.suspend) for (const pod of state.active) endPod(state, pod, end);
      else scale(state);
      writeStatus(state, end);
      return end ? undefined : nextLook(state);
    },
  });

  /** The time of a Job counts from when it was made or resumed. */
  function startOf(job: KubernetesObject, { suspend }: JobSpec): string | undefined {
    const before = textOf(fieldsOf(job.status).startTime, '');
    const isKept = before !== '' && (suspend || !holding(job, 'Suspended'));
    return isKept ? before : suspend ? undefined : timestamp(clock);
  }

  /** Gives Jobs that were stored without a selector theirs, and forgets the counts of those that are gone. */
  function completeJobs(): void {
    const kind = builtInKind('Job');
    runController({
      store,
      signal,
      controller: {
        *affectedBy(event) {
          if (event.kind !== kind) return;
          if (event.type === 'DELETED') tallies.delete(event.object.metadata.uid);
          else if (event.type === 'ADDED') yield `${event.object.metadata.namespace}/${event.object.metadata.name}`;
        },
        reconcile(key) {
          const [namespace, name = ''] = key.split('/');
          const job = store.get({ kind, namespace, name });
          if (job) store.replace(withJobSelector(job));
        },
      },
    });
  }

  function endOf({ spec, tally, active, pods, startTime }: JobState): JobEnd | undefined {
    const restarts = spec.restartsInPlace ? sum(active.map(restartsOf)) : 0;
    if (tally.failed > spec.backoffLimit || restarts > spec.backoffLimit) return TOO_MANY_FAILURES;
    const deadline = deadlineOf(spec, startTime);
    if (deadline !== undefined && deadline <= clock.now()) return TOO_LATE;
    if (spec.completions === undefined) return tally.succeeded > 0 && pods.every(hasEnded) ? COMPLETED : undefined;
    return tally.succeeded >= spec.completions && !spec.suspend ? COMPLETED : undefined;
  }

  function scale(state: JobState): void {
    const { job, spec, pods, active, tally } = state;
    const left = spec.completions === undefined ? spec.parallelism : spec.completions - tally.succeeded;
    const isEnding = spec.completions === undefined && tally.succeeded > 0;
    const wanted = isEnding ? Math.min(active.length, spec.parallelism) : Math.min(spec.parallelism, left);
    for (const pod of active.slice(wanted)) endPod(state, pod);
    if (tally.pausedUntil > clock.now()) return;
    const going = pods.filter((pod) => !isActive(pod) && !hasEnded(pod));
    const missing = wanted - active.length - (spec.waitsForEnd ? going.length : 0);
    const busy = new Set([...active.map(indexOf), ...tally.indexes]);
    for (let index = 0, made = 0; made < missing; index += 1) {
      if (spec.isIndexed && busy.has(index)) continue;
      makeJobPod(context, { job, index: spec.isIndexed ? index : undefined });
      made += 1;
    }
  }

  /** Only a Job that fails counts the pods that it ends. */
  function endPod({ job, tally }: JobState, pod: KubernetesObject, end?: JobEnd): void {
    if (end?.succeeds === false) tally.countAsFailed(pod);
    else tally.ignore(pod);
    deleteOwned(context, pod);
    const message = `Deleted pod: ${pod.metadata.name}`;
    events.record({ about: job, reason: 'SuccessfulDelete', message, component: COMPONENT });
  }

  function writeStatus(state: JobState, end: JobEnd | undefined): void {
    const { job, spec, pods, tally, startTime } = state;
    const now = pods.flatMap((object) => currentOf({ store, object }) ?? []);
    const running = now.filter((pod) => !hasEnded(pod));
    const active = running.filter(isActive);
    const isOver = end !== undefined && running.length === 0;
    let conditions = conditionsOf(job);
    if (end) conditions = withEnd(conditions, { end, isOver, clock });
    conditions = withSuspension(job, conditions, spec.suspend);
    const status = {
      ...withoutZeros({ active: active.length, succeeded: tally.succeeded, failed: tally.failed }),
      ...(spec.isIndexed && tally.succeeded > 0 && { completedIndexes: indexText(tally.indexes) }),
      ready: active.filter(isPodReady).length,
      terminating: running.length - active.length,
      uncountedTerminatedPods: {},
      startTime,
      ...(isOver && end.succeeds && { completionTime: timestamp(clock) }),
      ...(conditions.length > 0 && { conditions }),
    };
    changeStatus({ store, object: job, status });
    if (isOver) tellEnd(job, end);
  }

  function withSuspension(
    job: KubernetesObject,
    conditions: readonly Condition[],
    suspend: boolean,
  ): readonly Condition[] {
    const before = conditions.find(({ type }) => type === 'Suspended');
    if ((before?.status === 'True') === suspend) return conditions;
    const [reason, message] = suspend ? ['JobSuspended', 'Job suspended'] : ['JobResumed', 'Job resumed'];
    events.record({ about: job, reason: suspend ? 'Suspended' : 'Resumed', message, component: COMPONENT });
    return withCondition(conditions, { type: 'Suspended', status: suspend ? 'True' : 'False', reason, message, clock });
  }

  function tellEnd(about: KubernetesObject, { succeeds, reason, message }: JobEnd): void {
    if (succeeds) events.record({ about, reason: 'Completed', message: 'Job completed', component: COMPONENT });
    else events.record({ about, type: 'Warning', reason, message, component: COMPONENT });
  }

  /** Deletes a Job that has ended some time ago. @returns in how many milliseconds that will be */
  function expire(job: KubernetesObject, spec: JobSpec, ended: Condition): number | undefined {
    if (spec.ttlSecondsAfterFinished === undefined) return undefined;
    const moment = Date.parse(ended.lastTransitionTime ?? '') + spec.ttlSecondsAfterFinished * 1000;
    if (moment > clock.now()) return moment - clock.now();
    deleteOwned(context, job, { finalizers: ['foregroundDeletion'] });
    return undefined;
  }

  function nextLook({ spec, tally, startTime }: JobState): number | undefined {
    const moments = [deadlineOf(spec, startTime), tally.pausedUntil].filter((moment) => moment !== undefined);
    const later = moments.filter((moment) => moment > clock.now());
    return later.length > 0 ? Math.min(...later) - clock.now() : undefined;
  }
}

function deadlineOf({ activeDeadlineSeconds }: JobSpec, startTime: string | undefined): number | undefined {
  if (activeDeadlineSeconds === undefined || startTime === undefined) return undefined;
  return Date.parse(startTime) + activeDeadlineSeconds * 1000;
}

function restartsOf({ status }: KubernetesObject): number {
  const { containerStatuses, initContainerStatuses } = fieldsOf(status);
  const all = [...listOf(containerStatuses), ...listOf(initContainerStatuses)];
  return sum(all.map((container) => countOf(fieldsOf(container).restartCount, 0)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
