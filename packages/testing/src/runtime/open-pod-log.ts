import { badRequest } from '../errors/statuses.ts';
import { fieldsOf, listOf } from '../objects/defaults/fields.ts';
import type { PodObject } from '../state/kubernetes-object.ts';
import type { LogRange } from './container-log.ts';
import type { PodLogs } from './pod-logs.ts';

/** Which log of a pod to read, and how much of it. */
export interface PodLogOptions extends LogRange {
  /** @default the only one */
  readonly container?: string | undefined;
  /** Reads the log of the container before its last start. @default false */
  readonly previous?: boolean | undefined;
}

/** Why a container has said nothing yet, where the reason is not the text. */
const WAITING: ReadonlyMap<unknown, string> = new Map([
  ['ErrImagePull', "image can't be pulled"],
  ['ImagePullBackOff', 'trying and failing to pull image'],
]);

/**
 * The log of a container as chunks of text, in the words of API server and kubelet where there is none. A follow ends when the container
 * ends or the pod goes.
 *
 * @throws StatusError 400, before anything is read.
 */
export function openPodLog(options: {
  readonly pod: PodObject;
  readonly logs: PodLogs;
  readonly options: PodLogOptions;
}): AsyncIterable<string> {
  const { pod, logs } = options;
  const { previous = false, container: wanted, ...range } = options.options;
  const container = chooseContainer(pod, wanted);
  const { uid } = pod.metadata;
  if (!pod.spec.nodeName) return nothing();
  const instance = chooseInstance({ pod, container, previous });
  return logs.find({ uid, container, previous: instance === 'previous' })?.read(range) ?? nothing();
}

function chooseContainer({ metadata, spec }: PodObject, wanted: string | undefined): string {
  const namesOf = (list: unknown) => listOf(list).map(({ name }) => String(name));
  const [main, init] = [namesOf(spec.containers), namesOf(spec.initContainers)];
  const [only, second] = main;
  if (wanted !== undefined && wanted !== '') {
    if ([...main, ...init, ...namesOf(spec.ephemeralContainers)].includes(wanted)) return wanted;
    throw badRequest(`container ${wanted} is not valid for pod ${metadata.name}`);
  }
  if (only !== undefined && second === undefined) return only;
  const others = init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : '';
  throw badRequest(
    `a container name must be specified for pod ${metadata.name}, choose one of: [${main.join(' ')}]${others}`,
  );
}

/** While a container waits for its next start, the log of its last one is also the previous one. */
function chooseInstance(options: {
  readonly pod: PodObject;
  readonly container: string;
  readonly previous: boolean;
}): 'current' | 'previous' {
  const { pod, container, previous } = options;
  const { containerStatuses, initContainerStatuses } = pod.status;
  const statuses = [...listOf(containerStatuses), ...listOf(initContainerStatuses)];
  const status = statuses.find(({ name }) => name === container);
  const state = fieldsOf(status?.state);
  const hasLast = fieldsOf(status?.lastState).terminated !== undefined;
  const named = `container "${container}" in pod "${pod.metadata.name}"`;
  if (previous && !hasLast) throw badRequest(`previous terminated ${named} not found`);
  const hasBegun = state.running !== undefined || state.terminated !== undefined;
  if (hasBegun) return previous ? 'previous' : 'current';
  if (hasLast) return 'current';
  if (state.waiting === undefined) throw badRequest(`${named} is waiting to start - no logs yet`);
  const { reason } = fieldsOf(state.waiting);
  throw badRequest(`${named} is waiting to start: ${WAITING.get(reason) ?? String(reason)}`);
}

async function* nothing(): AsyncGenerator<string, void, undefined> {}
