import { createHash } from 'node:crypto';
import { timestamp } from '../clock/clock.ts';
import { BackOff, goDuration } from './back-off.ts';
import { beginLife } from './begin-life.ts';
import type { ContainerHost } from './container-host.ts';
import type { ContainerMoment, Termination } from './container-moment.ts';
import { ImagePull } from './image-pull.ts';
import type { ContainerContext, ContainerExit, ImageOptions } from './images.ts';
import type { ContainerPlan } from './pod-plan.ts';
import { firstProbe } from './readiness.ts';
import { Timers } from './timers.ts';

/** The life of one container of one pod: pulled, started, ready, ended, started again. */
export class ContainerRun {
  readonly plan: ContainerPlan;
  readonly #host: ContainerHost;
  readonly #timers: Timers;
  readonly #pull: ImagePull;
  readonly #backOff = new BackOff();
  #image: ImageOptions | undefined;
  #moment: ContainerMoment;
  #last: Termination | undefined;
  #id = '';
  #restartCount = 0;
  #ready = false;
  #startedAtMs = 0;
  /** When it will have ended by itself since it was asked to. */
  #endAtMs: number | undefined;

  constructor({ plan, host, waiting }: { plan: ContainerPlan; host: ContainerHost; waiting: string }) {
    this.plan = plan;
    this.#host = host;
    this.#moment = { waiting: { reason: waiting } };
    this.#timers = new Timers({ clock: host.clock, around: host.step });
    this.#pull = new ImagePull({
      ...{ host, timers: this.#timers, container: plan.name, image: plan.image, alwaysPull: plan.alwaysPull },
      onWait: (waiting) => {
        this.#enter({ waiting });
        host.publish();
      },
    });
  }

  /** What it is doing now. */
  get moment(): ContainerMoment {
    return this.#moment;
  }

  /** How it ended before it was started again. */
  get last(): Termination | undefined {
    return this.#last;
  }

  /** The name that the runtime has for it; empty before the first start. */
  get id(): string {
    return this.#id;
  }

  get restartCount(): number {
    return this.#restartCount;
  }

  get isReady(): boolean {
    return this.#ready;
  }

  get isRunning(): boolean {
    return 'running' in this.#moment;
  }

  /** How it ended; `undefined` while it runs, or waits for its first start. One that waits for the next start has ended. */
  get ended(): Termination | undefined {
    if ('terminated' in this.#moment) return this.#moment.terminated;
    return 'waiting' in this.#moment ? this.#last : undefined;
  }

  /** Pulls the image and starts. */
  start(): void {
    this.#pull.start(() => {
      const { name, image } = this.plan;
      this.#image = this.#host.images.find(image);
      this.#host.record(name, { reason: 'Created', message: `Created container: ${name}` });
      this.#timers.after(this.#image?.startMs ?? 0, () => this.#run());
    });
  }

  /** Starts again after an end: at once the first time, later after a back-off. */
  startAgain(): void {
    const { name } = this.plan;
    const { podName, namespace, uid, clock } = this.#host;
    this.#backOff.forgetAfter(clock.now() - this.#startedAtMs);
    const { waitMs } = this.#backOff;
    if (waitMs > 0) {
      const pod = `${podName}_${namespace}(${uid})`;
      const message = `Back-off restarting failed container ${name} in pod ${pod}`;
      this.#host.record(name, { type: 'Warning', reason: 'BackOff', message });
      const text = `back-off ${goDuration(waitMs)} restarting failed container=${name} pod=${pod}`;
      this.#enter({ waiting: { reason: 'CrashLoopBackOff', message: text } });
    }
    this.#timers.after(waitMs, () => {
      this.#backOff.grow();
      this.#restartCount += 1;
      this.start();
    });
  }

  /** Asks it to end within a grace in milliseconds; asked again, it may get less time. */
  stop(graceMs: number): void {
    this.#timers.clear();
    if (!this.isRunning) return;
    const { clock, sandboxes, uid, record } = this.#host;
    const { name } = this.plan;
    if (this.#endAtMs === undefined) {
      this.#endAtMs = clock.now() + (this.#image?.stopMs ?? 0);
      record(name, { reason: 'Killing', message: `Stopping container ${name}` });
      if (this.#image?.drains ?? true) sandboxes.drain({ uid, container: name });
    }
    const neededMs = this.#endAtMs - clock.now();
    const exit = neededMs <= graceMs ? { code: 0 } : { code: 137 };
    this.#timers.after(Math.min(neededMs, graceMs), () => this.exit(exit));
  }

  /** Ends it now. */
  exit({ code, reason }: Pick<ContainerExit, 'code' | 'reason'>): void {
    if (!('running' in this.#moment)) return;
    const { uid, clock, sandboxes, logs, publish, exited } = this.#host;
    const container = this.plan.name;
    const { startedAt } = this.#moment.running;
    this.#timers.clear();
    this.#ready = false;
    const finishedAt = timestamp(clock);
    const word = reason ?? (code === 0 ? 'Completed' : 'Error');
    this.#enter({ terminated: { containerID: this.#id, exitCode: code, reason: word, startedAt, finishedAt } });
    sandboxes.end({ uid, container });
    logs.end({ uid, container });
    publish();
    exited(container);
  }

  /** Stops everything that is under way, without a word. */
  dispose(): void {
    this.#timers.clear();
  }

  #enter(moment: ContainerMoment): void {
    if ('terminated' in this.#moment) this.#last = this.#moment.terminated;
    this.#moment = moment;
  }

  #run(): void {
    const { plan } = this;
    const { uid, podName, namespace, clock, sandboxes, logs } = this.#host;
    const { name: container, command, args, env } = plan;
    const restartCount = this.#restartCount;
    const digest = createHash('sha256').update(`${uid}/${container}/${restartCount}`).digest('hex');
    this.#id = `containerd://${digest}`;
    this.#startedAtMs = clock.now();
    this.#endAtMs = undefined;
    this.#enter({ running: { startedAt: timestamp(clock) } });
    sandboxes.start({ uid, container, serve: this.#image?.serve ?? {} });
    logs.begin({ uid, container });
    this.#host.record(container, { reason: 'Started', message: `Started container ${container}` });
    this.#live({ podName, namespace, container, restartCount, command, args, env });
  }

  #live(context: ContainerContext): void {
    const { container } = context;
    const { uid, logs } = this.#host;
    const say = (line: string) => logs.write({ uid, container, line });
    let exit: ContainerExit | undefined;
    try {
      exit = beginLife({ image: this.#image, plan: this.plan, context, say });
    } catch (error) {
      // What a test has written must not stop the other pods.
      this.#host.failed(error instanceof Error ? error : new Error(String(error)));
      this.exit({ code: 128, reason: 'StartError' });
      return;
    }
    for (const { afterMs, line } of exit?.logs ?? []) this.#timers.after(afterMs, () => say(line));
    const id = this.#id;
    if (exit) this.#timers.after(exit.afterMs, () => this.exit(exit));
    // One that ended at once may have started again by now.
    if (!this.isRunning || this.#id !== id) return;
    if (this.plan.role !== 'init') this.#becomeReady();
    if (this.plan.role === 'sidecar') this.#host.started(container);
  }

  #becomeReady(): void {
    const { delayMs, failure, failureAfterMs } = firstProbe({ plan: this.plan, image: this.#image, host: this.#host });
    if (failure !== undefined) {
      const event = { type: 'Warning', reason: 'Unhealthy', message: failure } as const;
      this.#timers.after(failureAfterMs, () => this.#host.record(this.plan.name, event));
    }
    this.#timers.after(delayMs, () => {
      this.#ready = true;
    });
  }
}
