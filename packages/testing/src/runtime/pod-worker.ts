import { type Clock, timestamp } from '../clock/clock.ts';
import type { EventRecorder } from '../objects/event-recorder.ts';
import type { PodObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { ContainerEvent, ContainerHost } from './container-host.ts';
import type { ContainerRun } from './container-run.ts';
import type { ContainerExit, Images } from './images.ts';
import { PodContainers } from './pod-containers.ts';
import type { PodLogs } from './pod-logs.ts';
import { type PodPlan, readPodPlan } from './pod-plan.ts';
import { type PodFacts, podStatus } from './pod-status.ts';
import type { Sandboxes } from './sandboxes.ts';
import { StoredPod } from './stored-pod.ts';
import { Timers } from './timers.ts';

/** What {@link PodWorker} needs. */
export interface PodWorkerOptions {
  readonly pod: PodObject;
  readonly nodeName: string;
  readonly podIp: string;
  readonly hostIp: string | undefined;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly events: EventRecorder;
  readonly images: Images;
  readonly sandboxes: Sandboxes;
  readonly logs: PodLogs;
  readonly onError: (error: Error) => void;
  /** The images that the node has pulled. */
  readonly pulled: Set<string>;
  /** Whether the node says that it is ready. */
  readonly nodeIsReady: () => boolean;
}

/** The life of one pod on its node, from its sandbox to its removal. */
export class PodWorker {
  readonly #options: PodWorkerOptions;
  readonly #plan: PodPlan;
  readonly #stored: StoredPod;
  readonly #startTime: string;
  readonly #containers: PodContainers;
  readonly #timers: Timers;
  readonly #ended: PromiseWithResolvers<void> = Promise.withResolvers();
  #failure: PodFacts['failure'];
  /** The grace that the pod was last asked to end within, in seconds. */
  #grace: number | undefined;
  #isDisposed = false;
  /** Above 0 while something happens whose end the status waits for. */
  #depth = 0;

  constructor(options: PodWorkerOptions) {
    const { pod, clock } = options;
    this.#options = options;
    this.#plan = readPodPlan(pod);
    this.#stored = new StoredPod(options);
    this.#startTime = timestamp(clock);
    this.#containers = new PodContainers({ plan: this.#plan, host: this.#host() });
    this.#timers = new Timers({ clock, around: (work) => this.#step(work) });
  }

  /** The node that it runs on. */
  get nodeName(): string {
    return this.#options.nodeName;
  }

  /** Every container of the pod. */
  get containers(): readonly ContainerRun[] {
    return this.#containers.all;
  }

  /** Makes the sandbox and starts the containers, the init containers first. */
  start(): void {
    this.#options.sandboxes.create({ uid: this.#stored.uid, serve: {} });
    this.#step(() => this.#containers.startNext());
    const { activeDeadlineMs } = this.#plan;
    if (activeDeadlineMs === undefined || this.#stored.isOver) return;
    const message = 'Pod was active on the node longer than the specified deadline';
    this.#timers.after(activeDeadlineMs, () => this.fail({ reason: 'DeadlineExceeded', message }));
  }

  /** Follows what others changed: a deletion, a shorter grace, the last finalizer that goes. */
  update(pod: PodObject): void {
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    if (deletionTimestamp === undefined || this.#isDisposed) return;
    if (this.#grace === undefined || deletionGracePeriodSeconds < this.#grace) {
      this.#grace = deletionGracePeriodSeconds;
      this.#timers.clear();
      this.#step(() => {
        for (const container of this.containers) container.stop(deletionGracePeriodSeconds * 1000);
      });
    }
    this.#finish();
  }

  /** Writes the status of the pod as it is now. */
  publish(): void {
    const { clock, podIp, hostIp, nodeIsReady } = this.#options;
    const pod = this.#stored.current;
    if (!pod || this.#isDisposed) return;
    const { init, main } = this.#containers;
    const status = podStatus({
      ...{ pod, init, main, podIp, hostIp, startTime: this.#startTime, failure: this.#failure },
      restartPolicy: this.#plan.restartPolicy,
      now: timestamp(clock),
      nodeIsReady: nodeIsReady(),
    });
    this.#stored.writeStatus(status);
  }

  /** Ends one container, which starts again if the pod wants that. */
  crash(container: ContainerRun, exit: Pick<ContainerExit, 'code' | 'reason'>): void {
    this.#step(() => container.exit(exit));
  }

  /** Ends the whole pod as failed. */
  fail(failure: NonNullable<PodFacts['failure']>): void {
    if (this.#stored.isOver) return;
    const { sandboxes } = this.#options;
    this.#stored.record({ type: 'Warning', ...failure });
    this.#failure = failure;
    this.#timers.clear();
    this.#step(() => {
      for (const container of this.containers) container.dispose();
      for (const container of this.containers) container.exit({ code: 137 });
    });
    sandboxes.remove(this.#stored.uid);
  }

  /** Deletes the pod with a grace in milliseconds; fulfilled when its containers have ended, or nothing goes on any more. */
  async endWithin(graceMs: number): Promise<void> {
    this.#stored.delete(graceMs);
    await this.#ended.promise;
  }

  /** Stops everything that is under way; the object of the pod stays as it is. */
  dispose(): void {
    this.#isDisposed = true;
    this.#timers.clear();
    for (const container of this.containers) container.dispose();
    this.#options.sandboxes.remove(this.#stored.uid);
    this.#options.logs.remove(this.#stored.uid);
    this.#ended.resolve();
  }

  #host(): ContainerHost {
    const { podIp, clock, images, sandboxes, logs, pulled, onError } = this.#options;
    const { uid, key } = this.#stored;
    const { name: podName, namespace = '' } = key;
    return {
      ...{ uid, podName, namespace, podIp, clock, images, sandboxes, logs, pulled },
      step: (work) => this.#step(work),
      publish: () => this.publish(),
      record: (container, event) => this.#record(container, event),
      failed: onError,
      started: () => this.#containers.startNext(),
      exited: (container) => this.#onExit(container),
    };
  }

  /** Does something whose changes are told together, with the status that comes of it. */
  #step(work: () => void): void {
    this.#options.store.batch(() => {
      this.#depth += 1;
      try {
        work();
      } finally {
        this.#depth -= 1;
      }
      if (this.#depth === 0) this.publish();
    });
  }

  #onExit(name: string): void {
    if (this.#failure) return;
    if (this.#grace !== undefined) {
      this.#finish();
    } else if (this.#stored.isOver) {
      this.#timers.clear();
      this.#containers.stopSidecars();
    } else {
      this.#containers.goOn(name);
    }
  }

  /** Removes a pod that was deleted once its containers have ended. */
  #finish(): void {
    if (this.containers.some(({ isRunning }) => isRunning)) return;
    this.publish();
    this.#options.sandboxes.remove(this.#stored.uid);
    this.#stored.remove();
    this.#ended.resolve();
  }

  #record(container: string, event: ContainerEvent): void {
    const field = this.#plan.init.some(({ name }) => name === container) ? 'initContainers' : 'containers';
    this.#stored.record({ ...event, fieldPath: `spec.${field}{${container}}` });
  }
}
