import type { StatusError } from '../../errors/status-error.ts';
import type { PortForwardCarrier } from '../../port-forward/port-forward-session.ts';
import type { ArmFault } from '../arm-fault.ts';
import type { ArmedFault } from '../armed-fault.ts';
import type { Fault } from '../fault.ts';
import { failureAnswer, requireFailure } from '../requests/failure-answer.ts';
import type { RequestFaultOptions } from '../requests/request-faults.ts';
import { matchesRequest, type RequestFacts, type RequestMatch } from '../requests/request-match.ts';

/** Which port forwards are refused, and how. */
export interface RefuseOptions extends RequestFaultOptions {
  /** @default any carrier */
  readonly carrier?: PortForwardCarrier | undefined;
  /** An HTTP status from 400 to 599. @default the answer of a server that does not know the carrier */
  readonly status?: number | undefined;
  /** @default what a real server says with this status */
  readonly message?: string | undefined;
}

/** How the server treats a carrier that is refused: with this answer, or as one that it does not know. */
export type CarrierRefusal = StatusError | 'unknown';

interface ArmedRefusal {
  readonly armed: ArmedFault;
  readonly match: RequestMatch;
  readonly options: RefuseOptions;
}

/** The refusals of port forwards. */
export class CarrierRefusals {
  readonly #arm: ArmFault;
  readonly #refusals = new Set<ArmedRefusal>();

  constructor({ arm }: { readonly arm: ArmFault }) {
    this.#arm = arm;
  }

  /** Refuses port forwards. @throws RangeError for a status that is no failure. */
  refuse(options: RefuseOptions = {}): Fault {
    const { carrier = 'port forwards', status } = options;
    if (status !== undefined) requireFailure(status);
    const how = status === undefined ? 'unknown' : `refused with ${status}`;
    const refusal = { armed: this.#arm(`${carrier} are ${how}`, options), match: { ...options.requests }, options };
    this.#refusals.add(refusal);
    refusal.armed.signal.addEventListener('abort', () => this.#refusals.delete(refusal), { once: true });
    return refusal.armed;
  }

  /** For the server: whether a request for a carrier is refused. */
  find({
    carrier,
    facts,
  }: {
    readonly carrier: PortForwardCarrier;
    readonly facts: RequestFacts;
  }): CarrierRefusal | undefined {
    for (const { armed, match, options } of this.#refusals) {
      if (options.carrier !== undefined && options.carrier !== carrier) continue;
      if (!matchesRequest(match, facts) || !armed.strikes()) continue;
      return options.status === undefined
        ? 'unknown'
        : portForwardFailure({ ...options, status: options.status, facts });
    }
    return undefined;
  }
}

/** What a real cluster answers when a port forward fails with a status. */
export function portForwardFailure(options: {
  readonly status: number;
  readonly message?: string | undefined;
  readonly facts: RequestFacts;
}): StatusError {
  const { status, facts } = options;
  const message = options.message ?? MESSAGES[status];
  return failureAnswer({ status, ...(message !== undefined && { message }) }, facts);
}

/** Where a port forward fails with other words than other requests: the way to the node is at fault. */
const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Upgrade request required',
  404: 'pod does not exist',
  429: 'maximum number of in-flight requests exceeded',
  500: 'error dialing backend: dial tcp 10.0.0.1:10250: connect: connection refused',
  502: 'error dialing backend: dial tcp 10.0.0.1:10250: connect: connection refused',
  503: 'error dialing backend: No agent available',
};
