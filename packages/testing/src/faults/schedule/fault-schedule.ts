import type { Clock } from '../../clock/clock.ts';
import type { Faults } from '../faults.ts';
import { applyStep } from './apply-step.ts';
import type { FaultStep } from './fault-step.ts';
import type { FaultTargets } from './fault-targets.ts';

/** What {@link FaultSchedule.start} needs. */
export interface FaultScheduleOptions {
  readonly steps: readonly FaultStep[];
  /** The seed that the steps were drawn from, if they were. */
  readonly seed?: number | undefined;
  readonly clock: Clock;
  /** Its abort stops the schedule. */
  readonly signal: AbortSignal;
  readonly faults: Faults;
  readonly targets: FaultTargets;
}

/** Faults that come one after the other. What is to be remembered for a replay is {@link steps}, or the seed alone. */
export class FaultSchedule implements Disposable {
  readonly seed: number | undefined;
  readonly steps: readonly FaultStep[];
  /** Fulfilled once every step has happened and is over, or the schedule was stopped. Rejected with what a step fails with. */
  readonly done: Promise<void>;
  readonly #options: FaultScheduleOptions;
  readonly #running = new AbortController();
  readonly #settle = Promise.withResolvers<void>();
  /** How to end what is waiting or lasts; what is under way and cannot be ended is there with a function that does nothing. */
  readonly #open = new Set<() => void>();

  private constructor(options: FaultScheduleOptions) {
    this.#options = options;
    this.seed = options.seed;
    this.steps = Object.freeze(options.steps.map((step) => Object.freeze({ ...step })));
    this.done = this.#settle.promise;
    // Whoever waits for it hears of a failure, also one who asks later.
    this.done.catch(() => undefined);
  }

  /** Starts now, on the clock. */
  static start(options: FaultScheduleOptions): FaultSchedule {
    const schedule = new FaultSchedule(options);
    schedule.#start();
    return schedule;
  }

  /** Ends it: no further step comes, and what earlier ones have done is taken back. */
  stop(): void {
    this.#running.abort();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #start(): void {
    const { signal } = this.#options;
    const ended = this.#running.signal;
    ended.addEventListener('abort', () => this.#end(), { once: true });
    if (signal.aborted) this.stop();
    else signal.addEventListener('abort', () => this.stop(), { once: true, signal: ended });
    for (const step of this.steps) this.#after(step.atMs, { act: () => this.#apply(step) });
    this.#stopWhenIdle();
  }

  #end(): void {
    for (const end of [...this.#open]) end();
    this.#open.clear();
    this.#settle.resolve();
  }

  /** Does something after a while. When the schedule ends before, `otherwise` is done instead, at that moment. */
  #after(ms: number, { act, otherwise }: { readonly act: () => void; readonly otherwise?: () => void }): void {
    if (this.#running.signal.aborted) return;
    const cancel = this.#options.clock.setTimeout(() => {
      this.#open.delete(end);
      act();
      this.#stopWhenIdle();
    }, ms);
    const end = (): void => {
      cancel();
      otherwise?.();
    };
    this.#open.add(end);
  }

  #apply(step: FaultStep): void {
    try {
      const applied = applyStep(step, this.#options);
      if (!applied) return;
      if ('busy' in applied) {
        this.#awaitEnd(applied.busy);
        return;
      }
      const takeBack = (): void => applied.lasting[Symbol.dispose]();
      this.#after(applied.forMs, { act: takeBack, otherwise: takeBack });
    } catch (error) {
      this.#fail(error);
    }
  }

  #awaitEnd(busy: Promise<void>): void {
    const mark = (): void => undefined;
    this.#open.add(mark);
    const onDone = (): void => {
      this.#open.delete(mark);
      this.#stopWhenIdle();
    };
    busy.then(onDone, (error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    this.#settle.reject(error);
    this.stop();
  }

  #stopWhenIdle(): void {
    if (this.#open.size === 0) this.stop();
  }
}
