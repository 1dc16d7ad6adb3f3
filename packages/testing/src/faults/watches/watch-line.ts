import type { StatusError } from '../../errors/status-error.ts';
import type { RequestFacts } from '../requests/request-match.ts';

/** The server's end of a watch. */
export interface WatchSink {
  /** Sends one event, as it goes over the wire. */
  write(event: Buffer): void;
  /** Sends an `ERROR` event and ends the watch. */
  fail(error: StatusError): void;
  /** Destroys the connection. */
  destroy(): void;
}

/** What stands in the way of the events of one watch; it passes them on with `pass`, now, later, more than once or never. */
export interface EventFilter {
  event(event: Buffer, pass: (event: Buffer) => void): void;
  /** The filter is taken away: what it holds goes on, unless it is lost. */
  release(pass: (event: Buffer) => void): void;
  /** How many bytes it holds. */
  readonly heldBytes: number;
}

/** One watch that is under way: events go through the filters that faults have put in. */
export class WatchLine {
  readonly facts: RequestFacts;
  readonly sink: WatchSink;
  readonly #filters: EventFilter[] = [];
  readonly #closers: (() => void)[] = [];

  constructor({ facts, sink }: { readonly facts: RequestFacts; readonly sink: WatchSink }) {
    this.facts = facts;
    this.sink = sink;
  }

  /** How many bytes the filters hold. */
  get heldBytes(): number {
    return this.#filters.reduce((sum, { heldBytes }) => sum + heldBytes, 0);
  }

  /** An event of the server. */
  send(event: Buffer): void {
    this.#passFrom(0, event);
  }

  /** Calls back when the watch is over. */
  onClose(closer: () => void): void {
    this.#closers.push(closer);
  }

  /** The watch is over: what is held is dropped. */
  close(): void {
    this.#filters.length = 0;
    for (const closer of this.#closers.splice(0)) closer();
  }

  /** Puts a filter behind the others. */
  add(filter: EventFilter): void {
    this.#filters.push(filter);
  }

  /** Takes a filter away. */
  remove(filter: EventFilter): void {
    const index = this.#filters.indexOf(filter);
    if (index < 0) return;
    filter.release((event) => this.#passFrom(index + 1, event));
    this.#filters.splice(index, 1);
  }

  #passFrom(index: number, event: Buffer): void {
    const filter = this.#filters[index];
    if (filter) filter.event(event, (passed) => this.#passFrom(index + 1, passed));
    else this.sink.write(event);
  }
}
