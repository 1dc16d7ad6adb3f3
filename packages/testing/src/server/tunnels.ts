import { requireFailure } from '../faults/requests/failure-answer.ts';
import type { RequestFacts } from '../faults/requests/request-match.ts';
import { portForwardFailure } from '../faults/tunnels/carrier-refusals.ts';
import type { Tunnel } from '../faults/tunnels/tunnel.ts';

/** The live port-forward sessions of a cluster. */
export class Tunnels {
  readonly #sessions = new Set<Tunnel>();
  #refusal: number | undefined;

  /** The sessions that are open now, in the order in which they began, as a snapshot. */
  get sessions(): readonly Tunnel[] {
    return [...this.#sessions];
  }

  /** Keeps a session until it is closed. */
  add(session: Tunnel): void {
    this.#sessions.add(session);
    void session.closed.then(() => this.#sessions.delete(session));
  }

  /** Destroys the sockets of all sessions. */
  drop(): void {
    for (const session of this.#sessions) session.destroy();
  }

  /** From now on every new session is refused with this HTTP status; `undefined` accepts them again. */
  refuse(status: number | undefined): void {
    if (status !== undefined) requireFailure(status);
    this.#refusal = status;
  }

  /** @throws StatusError while sessions are refused. */
  requireAccepting(facts: RequestFacts): void {
    if (this.#refusal !== undefined) throw portForwardFailure({ status: this.#refusal, facts });
  }
}
