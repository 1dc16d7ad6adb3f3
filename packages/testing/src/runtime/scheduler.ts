import { isDeepStrictEqual } from 'node:util';
import { type Clock, timestamp } from '../clock/clock.ts';
import type { EventRecorder } from '../objects/event-recorder.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { StoreEvent } from '../state/event-history.ts';
import type { Condition, PodObject } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';
import { misfit } from './node-fit.ts';
import type { Sandboxes } from './sandboxes.ts';

const NAME = 'default-scheduler';

/** What {@link runScheduler} needs. */
export interface SchedulerOptions {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly events: EventRecorder;
  /** Pods that have a sandbox already are not scheduled: a test moves them. */
  readonly sandboxes: Sandboxes;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Gives every pod without a node one where it may run: the one with the fewest pods, of these the first by name. A pod that fits nowhere
 * is tried again when a node changes. Resources are not counted.
 */
export function runScheduler(options: SchedulerOptions): void {
  const { store, signal } = options;
  const scheduler = new Scheduler(options);
  const ends = [store.subscribe((event) => scheduler.follow(event)), store.onSettled(() => scheduler.work())];
  const stop = () => {
    for (const end of ends) end();
  };
  signal.addEventListener('abort', stop, { once: true });
}

class Scheduler {
  readonly #options: SchedulerOptions;
  /** The pods without a node, by uid. */
  readonly #pending = new Map<string, ObjectKey>();
  /** Those of them that were not tried since they came or since a node changed. */
  readonly #untried = new Set<string>();
  /** The uids of the pods on each node. */
  readonly #placed = new Map<string, Set<string>>();

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  follow({ type, kind, object, previous }: StoreEvent): void {
    if (kind.kind === 'Node') for (const uid of this.#pending.keys()) this.#untried.add(uid);
    if (kind.kind !== 'Pod') return;
    const { uid, namespace, name } = object.metadata;
    const node = nodeOf(object as PodObject);
    if (type === 'DELETED' && node !== undefined) this.#placed.get(node)?.delete(uid);
    else if (node !== undefined && node !== nodeOf(previous as PodObject | undefined)) this.#count(node, uid);
    if (type === 'DELETED' || node !== undefined) this.#pending.delete(uid);
    else if (type === 'ADDED' && !this.#options.sandboxes.has(uid)) {
      this.#pending.set(uid, { kind, namespace, name });
      this.#untried.add(uid);
    } else if (this.#pending.has(uid) && !isDeepStrictEqual(object.spec, previous?.spec)) this.#untried.add(uid);
  }

  work(): void {
    const uids = [...this.#untried];
    this.#untried.clear();
    for (const uid of uids) {
      const key = this.#pending.get(uid);
      const pod = key && (this.#options.store.get(key) as PodObject | undefined);
      if (pod?.metadata.uid !== uid || !wantsPlace(pod)) continue;
      if (isGated(pod)) this.#hold(pod);
      else this.#place(pod);
    }
  }

  #place(pod: PodObject): void {
    const { store } = this.#options;
    const nodes = store.list({ kind: builtInKind('Node') });
    const refusals = nodes.map((node) => misfit(pod, node));
    const pods = (name: string) => this.#placed.get(name)?.size ?? 0;
    const [best] = nodes
      .filter((_, index) => refusals[index] === undefined)
      .map(({ metadata }) => metadata.name)
      .sort((left, right) => pods(left) - pods(right));
    if (best === undefined) this.#refuse(pod, refusalText(refusals));
    else this.#bind(pod, best);
  }

  #bind(pod: PodObject, nodeName: string): void {
    const { store, events } = this.#options;
    const { uid, namespace, name } = pod.metadata;
    this.#pending.delete(uid);
    this.#count(nodeName, uid);
    const status = this.#withScheduled(pod, { status: 'True' });
    const bound = store.replace({ ...pod, spec: { ...pod.spec, nodeName }, status });
    const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
    events.record({ about: bound, reason: 'Scheduled', message, component: NAME });
  }

  /** KEP-3521: somebody else says when the pod may be placed. */
  #hold(pod: PodObject): void {
    const message = 'Scheduling is blocked due to non-empty scheduling gates';
    const status = this.#withScheduled(pod, { status: 'False', reason: 'SchedulingGated', message });
    this.#options.store.replace({ ...pod, status });
  }

  #refuse(pod: PodObject, message: string): void {
    const { store, events } = this.#options;
    const status = this.#withScheduled(pod, { status: 'False', reason: 'Unschedulable', message });
    const refused = store.replace({ ...pod, status });
    events.record({ about: refused, type: 'Warning', reason: 'FailedScheduling', message, component: NAME });
  }

  #withScheduled(pod: PodObject, says: Omit<Condition, 'type'>): PodObject['status'] {
    const conditions = pod.status?.conditions ?? [];
    const before = conditions.find(({ type }) => type === 'PodScheduled');
    const { generation } = pod.metadata;
    const now = timestamp(this.#options.clock);
    const condition = {
      type: 'PodScheduled',
      ...says,
      lastProbeTime: null,
      lastTransitionTime: before?.status === says.status ? (before.lastTransitionTime ?? now) : now,
      ...(generation !== undefined && { observedGeneration: generation }),
    };
    const phase = pod.status?.phase ?? 'Pending';
    return { ...pod.status, phase, conditions: [...conditions.filter((one) => one !== before), condition] };
  }

  #count(node: string, uid: string): void {
    const pods = this.#placed.get(node) ?? new Set<string>();
    this.#placed.set(node, pods.add(uid));
  }
}

function nodeOf(pod: PodObject | undefined): string | undefined {
  const name = pod?.spec?.nodeName;
  return name === '' ? undefined : name;
}

/** Pods for another scheduler and pods on their way out are left alone. */
function wantsPlace({ metadata, spec }: PodObject): boolean {
  const { schedulerName = NAME } = spec;
  return schedulerName === NAME && metadata.deletionTimestamp === undefined;
}

function isGated({ spec: { schedulingGates } }: PodObject): boolean {
  return Array.isArray(schedulingGates) && schedulingGates.length > 0;
}

function refusalText(refusals: readonly (string | undefined)[]): string {
  const total = refusals.length;
  if (total === 0) return 'no nodes available to schedule pods';
  const reasons = [...Map.groupBy(refusals, (reason) => reason ?? '')].map(
    ([reason, all]) => `${all.length} ${reason}`,
  );
  const available = `0/${total} nodes are available`;
  const preemption = `${available}: ${total} Preemption is not helpful for scheduling.`;
  return `${available}: ${reasons.sort().join(', ')}. no new claims to deallocate, preemption: ${preemption}`;
}
