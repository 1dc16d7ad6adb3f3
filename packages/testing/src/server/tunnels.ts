import { StatusError } from '../errors/status-error.ts';
import type { PortForwardSession } from '../port-forward/serve-port-forward.ts';

/** The live port-forward sessions of a cluster. */
export class Tunnels {
  readonly #sessions = new Set<PortForwardSession>();
  #refusal: number | undefined;

  /** The sessions that are open now, as a snapshot. */
  get sessions(): readonly PortForwardSession[] {
    return [...this.#sessions];
  }

  /** Keeps a session until it is closed. */
  add(session: PortForwardSession): void {
    this.#sessions.add(session);
    void session.closed.then(() => this.#sessions.delete(session));
  }

  /** Destroys the sockets of all sessions. */
  drop(): void {
    for (const session of this.#sessions) session.destroy();
  }

  /** From now on every new session is refused with this HTTP status; `undefined` accepts them again. */
  refuse(status: number | undefined): void {
    if (status !== undefined && (!Number.isInteger(status) || status < 400 || status > 599)) {
      throw new RangeError(`A refusal needs an HTTP status from 400 to 599, not ${status}`);
    }
    this.#refusal = status;
  }

  /** @throws StatusError while sessions are refused. */
  requireAccepting(): void {
    if (this.#refusal === undefined) return;
    const [reason, message] = REFUSALS[this.#refusal] ?? ['Unknown', 'the test refuses port forwards'];
    throw new StatusError({ code: this.#refusal, reason, message });
  }
}

/** What real clusters say with these statuses. */
const REFUSALS: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  400: ['BadRequest', 'Upgrade request required'],
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'the test refuses port forwards'],
  404: ['NotFound', 'pod does not exist'],
  429: ['TooManyRequests', 'maximum number of in-flight requests exceeded'],
  500: ['InternalError', 'error dialing backend: dial tcp 10.0.0.1:10250: connect: connection refused'],
  502: ['InternalError', 'error dialing backend: dial tcp 10.0.0.1:10250: connect: connection refused'],
  503: ['ServiceUnavailable', 'error dialing backend: No agent available'],
};
