import { timestamp } from '../clock/clock.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';
import type { Condition, KubernetesObject } from '../state/kubernetes-object.ts';
import type { ControllerContext } from './controller-context.ts';
import type { DeploymentSpec } from './deployment-spec.ts';
import { countOf, listOf, withoutZeros } from './read-field.ts';

/** A condition of a Deployment; these also tell when they were last confirmed. */
export interface DeploymentCondition extends Condition {
  readonly lastUpdateTime?: string | undefined;
}

/** What the status of a Deployment is made from. */
export interface DeploymentState {
  readonly clock: ControllerContext['clock'];
  readonly deployment: KubernetesObject;
  readonly spec: DeploymentSpec;
  readonly replicaSets: readonly KubernetesObject[];
  /** The one of the present revision. */
  readonly current: KubernetesObject | undefined;
  /** Whether its rollout goes on; else nobody asks for progress. */
  readonly isRollingOut: boolean;
  /** What just happened, where that is known: the reason and message of the condition `Progressing`. */
  readonly news?: readonly [reason: string, message: string] | undefined;
}

/** Sums up one count of the status of some ReplicaSets. */
export function sumOfStatus(replicaSets: readonly KubernetesObject[], field: string): number {
  return replicaSets.reduce((sum, { status }) => sum + countOf(fieldsOf(status)[field], 0), 0);
}

/** Sums up the pods that some ReplicaSets ask for. */
export function sumOfReplicas(replicaSets: readonly KubernetesObject[]): number {
  return replicaSets.reduce((sum, { spec }) => sum + countOf(fieldsOf(spec).replicas, 1), 0);
}

/** The status of a Deployment, and in how many milliseconds its deadline is over. */
export function deploymentStatus(state: DeploymentState): {
  readonly status: Readonly<Record<string, unknown>>;
  readonly deadlineInMs: number | undefined;
} {
  const { deployment, spec, replicaSets, current } = state;
  const before = fieldsOf(deployment.status);
  const counts = {
    replicas: sumOfStatus(replicaSets, 'replicas'),
    updatedReplicas: current ? sumOfStatus([current], 'replicas') : 0,
    readyReplicas: sumOfStatus(replicaSets, 'readyReplicas'),
    availableReplicas: sumOfStatus(replicaSets, 'availableReplicas'),
  };
  const conditions = new Conditions(state.clock, listOf(before.conditions) as readonly DeploymentCondition[]);
  describeAvailability(conditions, counts.availableReplicas >= spec.replicas - spec.maxUnavailable);
  const deadlineInMs = describeProgress(conditions, state, counts);
  const status = {
    observedGeneration: deployment.metadata.generation,
    ...withoutZeros({
      ...counts,
      unavailableReplicas: Math.max(0, sumOfReplicas(replicaSets) - counts.availableReplicas),
      collisionCount: countOf(before.collisionCount, 0),
    }),
    conditions: conditions.list,
  };
  return { status, deadlineInMs };
}

type Counts = Readonly<Record<'replicas' | 'updatedReplicas' | 'readyReplicas' | 'availableReplicas', number>>;

function describeAvailability(conditions: Conditions, isAvailable: boolean): void {
  conditions.set({
    type: 'Available',
    status: isAvailable ? 'True' : 'False',
    reason: isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: isAvailable ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
  });
}

function describeProgress(conditions: Conditions, state: DeploymentState, counts: Counts): number | undefined {
  const { clock, deployment, spec, current, isRollingOut, news } = state;
  if (spec.progressDeadlineSeconds === undefined) {
    conditions.remove('Progressing');
    return undefined;
  }
  describePause(conditions, spec.paused);
  if (!isRollingOut) return undefined;
  if (news) conditions.set({ type: 'Progressing', status: 'True', reason: news[0], message: news[1] });
  const progressing = conditions.get('Progressing');
  const isComplete = isDone(spec, counts);
  const wasComplete = progressing?.reason === 'NewReplicaSetAvailable';
  if (wasComplete && counts.replicas === counts.updatedReplicas) return undefined;
  const who = current ? `ReplicaSet "${current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  if (isComplete) {
    const message = `${who} has successfully progressed.`;
    conditions.set({ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message });
    return undefined;
  }
  if (hasProgressed(fieldsOf(deployment.status), counts)) {
    const message = `${who} is progressing.`;
    conditions.confirm({ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message });
  }
  const latest = conditions.get('Progressing');
  if (!latest || wasComplete || latest.reason === 'ProgressDeadlineExceeded') return undefined;
  const deadline = Date.parse(latest.lastUpdateTime ?? '') + spec.progressDeadlineSeconds * 1000;
  if (!(deadline <= clock.now())) return Number.isNaN(deadline) ? undefined : deadline - clock.now();
  const message = `${who} has timed out progressing.`;
  conditions.set({ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message });
  return undefined;
}

/** A deadline that was missed stays told. */
function describePause(conditions: Conditions, paused: boolean): void {
  const reason = conditions.get('Progressing')?.reason;
  if (reason === 'ProgressDeadlineExceeded') return;
  const type = 'Progressing';
  if (paused && reason !== 'DeploymentPaused') {
    conditions.set({ type, status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' });
  } else if (!paused && reason === 'DeploymentPaused') {
    conditions.set({ type, status: 'Unknown', reason: 'DeploymentResumed', message: 'Deployment is resumed' });
  }
}

/** Whether a rollout has reached its end: every pod is of the present revision and available. */
function isDone({ replicas }: DeploymentSpec, counts: Counts): boolean {
  return counts.updatedReplicas === replicas && counts.replicas === replicas && counts.availableReplicas === replicas;
}

function hasProgressed(before: Readonly<Record<string, unknown>>, counts: Counts): boolean {
  const was = (field: keyof Counts): number => countOf(before[field], 0);
  return (
    counts.updatedReplicas > was('updatedReplicas') ||
    counts.replicas - counts.updatedReplicas < was('replicas') - was('updatedReplicas') ||
    counts.readyReplicas > was('readyReplicas') ||
    counts.availableReplicas > was('availableReplicas')
  );
}

/** The conditions of one status while it is worked out. */
class Conditions {
  readonly #now: string;
  #list: readonly DeploymentCondition[];

  constructor(clock: ControllerContext['clock'], list: readonly DeploymentCondition[]) {
    this.#now = timestamp(clock);
    this.#list = list;
  }

  get list(): readonly DeploymentCondition[] {
    return this.#list;
  }

  get(type: string): DeploymentCondition | undefined {
    return this.#list.find((known) => known.type === type);
  }

  remove(type: string): void {
    this.#list = this.#list.filter((known) => known.type !== type);
  }

  /** Sets a condition; with the same status and reason nothing changes. */
  set(condition: Condition): void {
    const before = this.get(condition.type);
    if (before?.status !== condition.status || before.reason !== condition.reason) this.confirm(condition);
  }

  /** Sets a condition with the present as the moment of its confirmation. */
  confirm(condition: Condition): void {
    const before = this.get(condition.type);
    const since = before?.status === condition.status ? before.lastTransitionTime : this.#now;
    this.remove(condition.type);
    this.#list = [...this.#list, { ...condition, lastUpdateTime: this.#now, lastTransitionTime: since }];
  }
}
