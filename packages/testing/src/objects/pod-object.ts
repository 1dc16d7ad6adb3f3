import { type Clock, timestamp } from '../clock/clock.ts';
import type { Condition, Container, ContainerStatus, ObjectInput, PodObject } from '../state/kubernetes-object.ts';
import type { PodOptions, PodPhase } from './pod-options.ts';

/** The node that every simulated pod runs on. */
export const NODE_NAME = 'simulated-node';

/** The address of that node. */
export const NODE_ADDRESS = '10.0.0.1';

/** Where the moments in the status of a pod come from. @default the time of this machine */
type Now = Pick<Clock, 'now'>;

/**
 * Makes the object of a pod from what a test says of it. A pending pod has no node yet, unless it is said how its containers are.
 *
 * @throws TypeError for both `ports` and `containers`.
 */
export function podObject(
  options: PodOptions & { readonly namespace: string; readonly podIp: string; readonly clock?: Now },
): ObjectInput {
  if (options.ports && options.containers) throw new TypeError('A pod takes either ports or containers, not both');
  const {
    name,
    namespace,
    labels,
    annotations,
    ownerReferences,
    uid,
    phase = 'Running',
    podIp,
    clock = Date,
  } = options;
  const containers = (options.containers ?? [{ name: 'main', ports: options.ports }]).map(completeContainer);
  const isScheduled = phase !== 'Pending' || options.containerStates !== undefined;
  const status = podStatus({
    phase,
    ready: options.ready ?? phase === 'Running',
    containers,
    overrides: options.containerStates ?? {},
    isScheduled,
    clock,
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(ownerReferences && { ownerReferences }),
      ...(uid !== undefined && { uid }),
    },
    spec: {
      containers,
      ...(isScheduled && { nodeName: NODE_NAME }),
      restartPolicy: 'Always',
      serviceAccountName: 'default',
      terminationGracePeriodSeconds: 30,
    },
    status: { ...status, ...(phase !== 'Pending' && addresses(podIp)) },
  };
}

/** The same pod with another readiness, in its conditions and its containers. */
export function withReadiness(pod: PodObject, ready: boolean, clock: Now = Date): PodObject {
  const conditions = pod.status.conditions?.map((condition) =>
    isReadiness(condition) ? readiness(condition.type, ready, clock) : condition,
  );
  const containerStatuses = pod.status.containerStatuses?.map((status) => ({ ...status, ready }));
  return { ...pod, status: { ...pod.status, conditions, containerStatuses } };
}

/** The same pod in another phase. Once it leaves `Pending` it has a node and an address, which it keeps. */
export function withPhase(
  pod: PodObject,
  { phase, podIp, clock = Date }: { readonly phase: PodPhase; readonly podIp: string; readonly clock?: Now },
): PodObject {
  const { containers } = pod.spec;
  const isScheduled = phase !== 'Pending' || pod.spec.nodeName !== undefined;
  const status = podStatus({ phase, ready: phase === 'Running', containers, overrides: {}, isScheduled, clock });
  return {
    ...pod,
    spec: { ...pod.spec, ...(isScheduled && { nodeName: pod.spec.nodeName ?? NODE_NAME }) },
    status: { ...pod.status, ...status, ...(phase !== 'Pending' && addresses(pod.status.podIP ?? podIp)) },
  };
}

/** Whether a pod says that it is ready. */
export function isReady(pod: PodObject): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function completeContainer({ name, ports }: Pick<Container, 'name' | 'ports'>): Container {
  return {
    name,
    image: 'simulated',
    ...(ports && { ports: ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) }),
  };
}

function podStatus(options: {
  readonly phase: PodPhase;
  readonly ready: boolean;
  readonly containers: readonly Container[];
  readonly overrides: Readonly<Record<string, Partial<ContainerStatus>>>;
  readonly isScheduled: boolean;
  readonly clock: Now;
}): PodObject['status'] {
  const { phase, ready, containers, overrides, isScheduled, clock } = options;
  const qosClass = 'BestEffort';
  if (!isScheduled) {
    const unscheduled = { ...condition('PodScheduled', false, clock), reason: 'Unschedulable' };
    return { phase, qosClass, conditions: [unscheduled] };
  }
  return {
    phase,
    qosClass,
    hostIP: NODE_ADDRESS,
    conditions: [
      condition('Initialized', true, clock),
      readiness('Ready', ready, clock),
      readiness('ContainersReady', ready, clock),
      condition('PodScheduled', true, clock),
    ],
    containerStatuses: containers.map(({ name, image }) => ({
      name,
      image,
      imageID: '',
      restartCount: 0,
      ready,
      started: phase === 'Running',
      state: containerState(phase, clock),
      ...overrides[name],
    })),
  };
}

function containerState(phase: PodPhase, clock: Now): ContainerStatus['state'] {
  switch (phase) {
    case 'Running':
      return { running: { startedAt: timestamp(clock) } };
    case 'Succeeded':
      return { terminated: { reason: 'Completed', exitCode: 0 } };
    case 'Failed':
      return { terminated: { reason: 'Error', exitCode: 1 } };
    case 'Pending':
      return { waiting: { reason: 'ContainerCreating' } };
    case 'Unknown':
      return {};
  }
}

function addresses(ip: string) {
  return { podIP: ip, podIPs: [{ ip }] };
}

function isReadiness({ type }: Condition): boolean {
  return type === 'Ready' || type === 'ContainersReady';
}

function readiness(type: string, ready: boolean, clock: Now): Condition {
  return { ...condition(type, ready, clock), ...(ready ? {} : { reason: 'ContainersNotReady' }) };
}

function condition(type: string, holds: boolean, clock: Now): Condition {
  return { type, status: holds ? 'True' : 'False', lastTransitionTime: timestamp(clock) };
}
