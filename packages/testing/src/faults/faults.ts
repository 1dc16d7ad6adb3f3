import type { Duplex } from 'node:stream';
import type { Clock } from '../clock/clock.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import type { ArmFault } from './arm-fault.ts';
import { ArmedFault } from './armed-fault.ts';
import type { Fault } from './fault.ts';
import type { FailureAnswer } from './requests/failure-answer.ts';
import { type RequestFaultOptions, RequestFaults } from './requests/request-faults.ts';
import type { RequestFacts } from './requests/request-match.ts';
import type { ShapedResponse } from './requests/shaped-response.ts';
import { type DrawOptions, drawSteps } from './schedule/draw-steps.ts';
import { FaultSchedule } from './schedule/fault-schedule.ts';
import type { FaultStep } from './schedule/fault-step.ts';
import type { FaultTargets } from './schedule/fault-targets.ts';
import { CarrierRefusals, type RefuseOptions } from './tunnels/carrier-refusals.ts';
import { TunnelFaults } from './tunnels/tunnel-faults.ts';
import { WatchFaults } from './watches/watch-faults.ts';

/** What {@link Faults} needs of the cluster. */
export interface FaultsOptions {
  readonly clock: Clock;
  /** Starts the generator behind `probability`. */
  readonly seed: number;
  /** Its abort removes every fault. */
  readonly signal: AbortSignal;
  readonly targets: FaultTargets;
}

/**
 * What goes wrong in a cluster on purpose. A fault is there until it is removed; several can be there at once, and those of requests
 * strike in the order in which they were made.
 *
 * @example
 * using slow = cluster.faults.delay({ ms: 200, requests: { verb: 'list', resource: 'pods' }, times: 3 });
 * cluster.faults.answer({ status: 503, requests: { path: '/version' }, nth: 2 });
 */
export class Faults {
  /** Of watches. */
  readonly watch: WatchFaults;
  /** Of port-forward sessions that begin from now on; for those that are open see {@link Tunnel}. */
  readonly tunnels: TunnelFaults;
  /** For the server: asks about the carrier of a port forward. */
  readonly carriers: CarrierRefusals;
  readonly #requests: RequestFaults;
  readonly #options: FaultsOptions;

  constructor(options: FaultsOptions) {
    const random = new SeededRandom(options.seed);
    const draw = (): number => random.fraction();
    const { clock, signal } = options;
    const arm: ArmFault = (description, turns) => new ArmedFault({ ...turns, description, draw, signal });
    this.#options = options;
    this.#requests = new RequestFaults({ arm, clock });
    this.watch = new WatchFaults({ arm });
    this.tunnels = new TunnelFaults({ arm });
    this.carriers = new CarrierRefusals({ arm });
  }

  /** @see {@link RequestFaults.delay} */
  delay(options: RequestFaultOptions & { readonly ms: number }): Fault {
    return this.#requests.delay(options);
  }

  /** @see {@link RequestFaults.answer} */
  answer(options: RequestFaultOptions & FailureAnswer): Fault {
    return this.#requests.answer(options);
  }

  /** @see {@link RequestFaults.reset} */
  reset(options: RequestFaultOptions & { readonly executed?: boolean | undefined } = {}): Fault {
    return this.#requests.reset(options);
  }

  /** @see {@link RequestFaults.cut} */
  cut(options: RequestFaultOptions & { readonly afterBytes: number }): Fault {
    return this.#requests.cut(options);
  }

  /** @see {@link RequestFaults.limit} */
  limit(options: RequestFaultOptions & { readonly bytesPerSecond: number }): Fault {
    return this.#requests.limit(options);
  }

  /** @see {@link RequestFaults.hang} */
  hang(options: RequestFaultOptions = {}): Fault {
    return this.#requests.hang(options);
  }

  /** @see {@link CarrierRefusals.refuse} */
  refuse(options: RefuseOptions = {}): Fault {
    return this.carriers.refuse(options);
  }

  /**
   * For the server: to be awaited before a request is answered.
   *
   * @returns `false` when there is nothing left to answer
   * @throws StatusError the answer to give instead.
   */
  beforeRequest({
    facts,
    response,
  }: {
    readonly facts: RequestFacts;
    readonly response: ShapedResponse;
  }): Promise<boolean> {
    return this.#requests.before({ facts, response, socket: response.req.socket });
  }

  /** For the server: as {@link beforeRequest}, for a request that asks for another protocol; somebody must read from the socket. */
  beforeUpgrade({ facts, socket }: { readonly facts: RequestFacts; readonly socket: Duplex }): Promise<boolean> {
    return this.#requests.before({ facts, response: undefined, socket });
  }

  /** Lets things go wrong at random; the same options draw the same steps. @throws RangeError for options that make no sense. */
  random(options: DrawOptions): FaultSchedule {
    return FaultSchedule.start({ ...this.#options, faults: this, steps: drawSteps(options), seed: options.seed });
  }

  /** Lets the steps of a schedule happen again, all or some of them. */
  replay(steps: readonly FaultStep[]): FaultSchedule {
    return FaultSchedule.start({ ...this.#options, seed: undefined, faults: this, steps });
  }
}
