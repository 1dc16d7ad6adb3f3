import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { age } from './human-duration.ts';
import { at, count, list, text } from './table-layout.ts';

/** What the table of pods says about one pod. */
export interface PodSummary {
  /** `1/2`: how many containers are ready, of how many; sidecars count. */
  readonly ready: string;
  /** The STATUS column, such as `Running`, `Init:0/1`, `CrashLoopBackOff` or `Terminating`. */
  readonly status: string;
  /** `3`, or `3 (5m ago)` where the end of the last run is known. */
  readonly restarts: string;
}

/** Counts restarts, and remembers when the last one was. */
class Restarts {
  #count = 0;
  #last = '';
  #lastMs = Number.NEGATIVE_INFINITY;

  add(status: unknown): void {
    this.#count += count(status, 'restartCount');
    const finished = text(status, ['lastState', 'terminated', 'finishedAt'], '');
    if (finished === '') return;
    const finishedMs = Date.parse(finished);
    if (finishedMs > this.#lastMs) [this.#last, this.#lastMs] = [finished, finishedMs];
  }

  text(now: number): string {
    return this.#count === 0 || this.#last === ''
      ? String(this.#count)
      : `${this.#count} (${age(this.#last, now)} ago)`;
  }
}

/** Sums a pod up as `kubectl get pods` shows it: what hinders a container comes before the phase of the pod. */
export function podSummary(pod: KubernetesObject, now: number): PodSummary {
  const init = initSummary(pod);
  const total = list(pod, 'spec', 'containers').length + init.sidecars.size;
  let { ready, restarts } = init;
  let status = init.status ?? phaseText(pod);
  if (init.status === undefined || hasCondition(pod, 'Initialized')) {
    const main = mainSummary(pod, status);
    status = main.status;
    ready += main.ready;
    restarts = new Restarts();
    for (const one of [...init.sidecarStatuses, ...list(pod, 'status', 'containerStatuses')]) restarts.add(one);
  }
  return { ready: `${ready}/${total}`, status: ending(pod) ?? status, restarts: restarts.text(now) };
}

function phaseText(pod: KubernetesObject): string {
  const gated = list(pod, 'status', 'conditions').some(
    (one) => at(one, 'type') === 'PodScheduled' && at(one, 'reason') === 'SchedulingGated',
  );
  return gated ? 'SchedulingGated' : text(pod, ['status', 'reason'], text(pod, ['status', 'phase'], ''));
}

function hasCondition(pod: KubernetesObject, type: string): boolean {
  return list(pod, 'status', 'conditions').some((one) => at(one, 'type') === type && at(one, 'status') === 'True');
}

/** What a pod on its way out shows; a finished pod keeps its state. */
function ending(pod: KubernetesObject): string | undefined {
  if (pod.metadata.deletionTimestamp === undefined) return undefined;
  if (at(pod, 'status', 'reason') === 'NodeLost') return 'Unknown';
  const phase = at(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed' ? undefined : 'Terminating';
}

interface InitSummary {
  /** What the pod waits for; `undefined` once the init containers are through. */
  readonly status: string | undefined;
  /** How many sidecars are ready. */
  readonly ready: number;
  readonly restarts: Restarts;
  /** The names of the init containers that go on running. */
  readonly sidecars: ReadonlySet<unknown>;
  readonly sidecarStatuses: readonly unknown[];
}

function initSummary(pod: KubernetesObject): InitSummary {
  const containers = list(pod, 'spec', 'initContainers');
  const isSidecar = (container: unknown) => at(container, 'restartPolicy') === 'Always';
  const sidecars = new Set(containers.filter(isSidecar).map((container) => at(container, 'name')));
  const restarts = new Restarts();
  const sidecarStatuses: unknown[] = [];
  let ready = 0;
  for (const [index, one] of list(pod, 'status', 'initContainerStatuses').entries()) {
    const sidecar = sidecars.has(at(one, 'name'));
    restarts.add(one);
    if (sidecar) sidecarStatuses.push(one);
    const ended = at(one, 'state', 'terminated');
    if (isPresent(ended) && count(ended, 'exitCode') === 0) continue;
    if (sidecar && at(one, 'started') === true) {
      if (at(one, 'ready') === true) ready += 1;
      continue;
    }
    const status = `Init:${initReason(one) ?? `${index}/${containers.length}`}`;
    return { status, ready, restarts, sidecars, sidecarStatuses };
  }
  return { status: undefined, ready, restarts, sidecars, sidecarStatuses };
}

function initReason(status: unknown): string | undefined {
  const ended = at(status, 'state', 'terminated');
  if (isPresent(ended)) return endReason(ended);
  const reason = text(status, ['state', 'waiting', 'reason'], '');
  return reason === '' || reason === 'PodInitializing' ? undefined : reason;
}

function mainSummary(pod: KubernetesObject, before: string): { readonly status: string; readonly ready: number } {
  let status = before;
  let ready = 0;
  // From the last container to the first: what the first one says is what is shown.
  for (const one of list(pod, 'status', 'containerStatuses').toReversed()) {
    const waiting = text(one, ['state', 'waiting', 'reason'], '');
    const ended = at(one, 'state', 'terminated');
    if (waiting !== '') status = waiting;
    else if (isPresent(ended)) status = endReason(ended);
    else if (at(one, 'ready') === true && isPresent(at(one, 'state', 'running'))) ready += 1;
  }
  if (status === 'Completed' && ready > 0) status = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
  return { status, ready };
}

function endReason(terminated: unknown): string {
  const signal = count(terminated, 'signal');
  const otherwise = signal === 0 ? `ExitCode:${count(terminated, 'exitCode')}` : `Signal:${signal}`;
  return text(terminated, ['reason'], otherwise);
}

function isPresent(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
