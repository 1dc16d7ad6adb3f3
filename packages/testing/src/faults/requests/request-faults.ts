import type { Clock } from '../../clock/clock.ts';
import type { ArmFault } from '../arm-fault.ts';
import type { ArmedFault } from '../armed-fault.ts';
import type { Fault, FaultTurns } from '../fault.ts';
import type { LaneShape } from '../lane.ts';
import { requireCount, requireDuration, requireSpeed } from '../require-number.ts';
import type { Exchange } from './exchange.ts';
import { type FailureAnswer, failureAnswer, requireFailure } from './failure-answer.ts';
import { type HoldOptions, holdRequest } from './hold-request.ts';
import { matchesRequest, type RequestMatch } from './request-match.ts';

/** Which requests a fault strikes. */
export interface RequestFaultOptions extends FaultTurns {
  /** @default every request */
  readonly requests?: RequestMatch | undefined;
}

/** What becomes of a request: `go-on` to the next fault and the answer, or `over`, when nothing is left to answer. */
type Outcome = 'go-on' | 'over';

interface ArmedRequestFault {
  readonly armed: ArmedFault;
  readonly match: RequestMatch;
  /** Whether it can strike a request for another protocol, which has no body to spoil. */
  readonly upgrades: boolean;
  readonly strike: (exchange: Exchange, armed: ArmedFault) => Outcome | Promise<Outcome>;
}

/** What goes wrong with HTTP requests, in the order in which the faults were made. */
export class RequestFaults {
  readonly #arm: ArmFault;
  readonly #clock: Clock;
  readonly #faults = new Set<ArmedRequestFault>();

  constructor({ arm, clock }: { readonly arm: ArmFault; readonly clock: Clock }) {
    this.#arm = arm;
    this.#clock = clock;
  }

  /** Makes requests wait before they are looked at. @throws RangeError */
  delay(options: RequestFaultOptions & { readonly ms: number }): Fault {
    const ms = requireDuration('ms', options.ms);
    return this.#add(`requests wait ${ms} ms`, options, ({ socket }, { signal }) => this.#hold({ socket, ms, signal }));
  }

  /** Makes requests wait until the fault is removed or the client leaves. */
  hang(options: RequestFaultOptions = {}): Fault {
    return this.#add('requests hang', options, ({ socket }, { signal }) =>
      this.#hold({ socket, ms: undefined, signal }),
    );
  }

  /** Answers requests with a failure; they have no effect. @throws RangeError */
  answer(options: RequestFaultOptions & FailureAnswer): Fault {
    const { status, message, retryAfterSeconds } = options;
    requireFailure(status);
    if (retryAfterSeconds !== undefined) requireCount('retryAfterSeconds', retryAfterSeconds);
    return this.#add(`requests are answered with ${status}`, options, ({ facts }) => {
      throw failureAnswer({ status, message, retryAfterSeconds }, facts);
    });
  }

  /**
   * Destroys the connection without an answer.
   *
   * @param options `executed`: the request takes effect first, and only its answer is lost. `false` by default, and for upgrades.
   */
  reset(options: RequestFaultOptions & { readonly executed?: boolean | undefined } = {}): Fault {
    const { executed = false } = options;
    return this.#add(executed ? 'answers are lost' : 'connections are reset', options, ({ socket, response }) => {
      if (executed && response) {
        response.lose();
        return 'go-on';
      }
      socket.destroy();
      return 'over';
    });
  }

  /** Ends the body of answers after so many bytes, then the connection; the head is whole. @throws RangeError */
  cut(options: RequestFaultOptions & { readonly afterBytes: number }): Fault {
    const cutAfterBytes = requireCount('afterBytes', options.afterBytes);
    return this.#shape(`answers are cut after ${cutAfterBytes} bytes`, options, { cutAfterBytes });
  }

  /** Slows the body of answers down. @throws RangeError */
  limit(options: RequestFaultOptions & { readonly bytesPerSecond: number }): Fault {
    const bytesPerSecond = requireSpeed('bytesPerSecond', options.bytesPerSecond);
    return this.#shape(`answers take ${bytesPerSecond} bytes/s`, options, { bytesPerSecond });
  }

  /**
   * For the server: to be awaited before a request is answered.
   *
   * @returns `false` when there is nothing left to answer
   * @throws StatusError the answer to give instead.
   */
  async before(exchange: Exchange): Promise<boolean> {
    for (const { armed, match, upgrades, strike } of [...this.#faults]) {
      if ((!upgrades && !exchange.response) || !matchesRequest(match, exchange.facts) || !armed.strikes()) continue;
      if ((await strike(exchange, armed)) === 'over') return false;
    }
    return true;
  }

  #shape(description: string, options: RequestFaultOptions, shape: LaneShape): Fault {
    const strike: ArmedRequestFault['strike'] = ({ response }, { signal }) => {
      const unshape = response?.shape({ ...shape }, { clock: this.#clock });
      if (unshape) {
        signal.addEventListener('abort', unshape, { once: true });
        response?.once('close', () => signal.removeEventListener('abort', unshape));
      }
      return 'go-on';
    };
    return this.#add(description, options, strike, { upgrades: false });
  }

  #add(
    description: string,
    options: RequestFaultOptions,
    strike: ArmedRequestFault['strike'],
    { upgrades = true }: { readonly upgrades?: boolean } = {},
  ): Fault {
    const armed = this.#arm(description, options);
    const fault = { armed, match: { ...options.requests }, upgrades, strike };
    this.#faults.add(fault);
    armed.signal.addEventListener('abort', () => this.#faults.delete(fault), { once: true });
    return armed;
  }

  async #hold(wait: Omit<HoldOptions, 'clock'>): Promise<Outcome> {
    return (await holdRequest({ ...wait, clock: this.#clock })) ? 'go-on' : 'over';
  }
}
