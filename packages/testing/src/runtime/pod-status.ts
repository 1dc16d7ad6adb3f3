import { createHash } from 'node:crypto';
import type { Fields } from '../documents/fields.ts';
import type { Condition, ContainerStatus, PodObject } from '../state/kubernetes-object.ts';
import type { ContainerRun } from './container-run.ts';
import { podPhase } from './pod-phase.ts';
import { qosClass } from './qos-class.ts';

/** What the kubelet knows of a pod that it runs. */
export interface PodFacts {
  readonly pod: PodObject;
  readonly init: readonly ContainerRun[];
  readonly main: readonly ContainerRun[];
  readonly restartPolicy: string;
  readonly podIp: string;
  readonly hostIp: string | undefined;
  readonly startTime: string;
  readonly now: string;
  /** Whether the node says that it is ready. */
  readonly nodeIsReady: boolean;
  /** Why the kubelet ended the pod: then it has failed, whatever its containers say. */
  readonly failure: { readonly reason: string; readonly message: string } | undefined;
}

/** The status that a kubelet writes for a pod. Fields and conditions of others stay. */
export function podStatus(facts: PodFacts): PodObject['status'] {
  const { pod, init, main, podIp, hostIp, startTime, failure } = facts;
  const phase = failure ? 'Failed' : podPhase({ ...facts, isEnding: pod.metadata.deletionTimestamp !== undefined });
  const { generation } = pod.metadata;
  const own = conditionsOf({ ...facts, phase });
  const foreign = (pod.status.conditions ?? []).filter(({ type }) => !own.some((one) => one.type === type));
  // The order in which the kubelet lists them.
  const sorted = [...main].sort((left, right) => (left.plan.name < right.plan.name ? -1 : 1));
  return {
    ...pod.status,
    phase,
    ...failure,
    qosClass: qosClass([...init, ...main].map(({ plan }) => plan.resources)),
    ...(generation !== undefined && { observedGeneration: generation }),
    ...(hostIp !== undefined && { hostIP: hostIp, hostIPs: [{ ip: hostIp }] }),
    podIP: podIp,
    podIPs: [{ ip: podIp }],
    startTime,
    conditions: [...own.map((condition) => keepTime(condition, facts)), ...foreign],
    ...(init.length > 0 && { initContainerStatuses: init.map(containerStatus) }),
    containerStatuses: sorted.map(containerStatus),
  };
}

function conditionsOf(facts: PodFacts & { readonly phase: string }): readonly Condition[] {
  const { init, main, phase, nodeIsReady, failure } = facts;
  const isOver = phase === 'Succeeded' || phase === 'Failed';
  const incomplete = init.filter((one) => (one.plan.role === 'sidecar' ? !one.isRunning : one.ended?.exitCode !== 0));
  const unready = [...init.filter(({ plan }) => plan.role === 'sidecar'), ...main].filter((one) => !one.isReady);
  const isInitialized = incomplete.length === 0 || phase === 'Succeeded';
  const names = (runs: readonly ContainerRun[]) => `[${runs.map(({ plan }) => plan.name).join(' ')}]`;
  const initialized: Partial<Condition> = isInitialized
    ? phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : {}
    : { reason: 'ContainersNotInitialized', message: `containers with incomplete status: ${names(incomplete)}` };
  const why: Partial<Condition> = isOver
    ? { reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : { reason: 'ContainersNotReady', message: `containers with unready status: ${names(unready)}` };
  const allReady = unready.length === 0 && !isOver;
  return [
    ...(failure?.reason === 'Evicted'
      ? [condition('DisruptionTarget', true, { reason: 'TerminationByKubelet', message: failure.message })]
      : []),
    condition('PodReadyToStartContainers', !isOver),
    condition('Initialized', isInitialized, initialized),
    condition('Ready', allReady && nodeIsReady, allReady ? {} : why),
    condition('ContainersReady', allReady, allReady ? {} : why),
    condition('PodScheduled', true),
  ];
}

function condition(type: string, holds: boolean, why: Partial<Condition> = {}): Condition {
  return { type, status: holds ? 'True' : 'False', ...why };
}

/** A condition that says the same as before has not changed since then. */
function keepTime(condition: Condition, { pod, now }: PodFacts): Fields & Condition {
  const before = pod.status.conditions?.find(({ type }) => type === condition.type);
  const { generation } = pod.metadata;
  return {
    ...condition,
    lastProbeTime: null,
    lastTransitionTime: before?.status === condition.status ? (before.lastTransitionTime ?? now) : now,
    ...(generation !== undefined && { observedGeneration: generation }),
  };
}

function containerStatus(run: ContainerRun): ContainerStatus {
  const { plan, moment, last, id, isReady, isRunning, restartCount } = run;
  const volumeMounts = plan.volumeMounts.map(({ name, mountPath, readOnly }) => ({
    name,
    mountPath,
    ...(readOnly === true && { readOnly: true, recursiveReadOnly: 'Disabled' }),
  }));
  return {
    name: plan.name,
    image: plan.image,
    imageID: id === '' ? '' : `sha256:${createHash('sha256').update(plan.image).digest('hex')}`,
    ...(id !== '' && { containerID: id, resources: plan.resources }),
    state: moment as NonNullable<ContainerStatus['state']>,
    lastState: last ? { terminated: { ...last } } : {},
    // An init container counts as ready when it has done its work.
    ready: plan.role === 'init' ? 'terminated' in moment && moment.terminated.exitCode === 0 : isReady,
    started: isRunning,
    restartCount,
    ...(volumeMounts.length > 0 && { volumeMounts }),
  };
}
