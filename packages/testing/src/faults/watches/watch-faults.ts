import { StatusError } from '../../errors/status-error.ts';
import type { ArmFault } from '../arm-fault.ts';
import type { ArmedFault } from '../armed-fault.ts';
import type { Fault } from '../fault.ts';
import type { RequestFaultOptions } from '../requests/request-faults.ts';
import { matchesRequest, type RequestFacts, type RequestMatch } from '../requests/request-match.ts';
import { requireCount } from '../require-number.ts';
import { holdEvents, repeatEvents, stopAfter, swapEvents } from './event-filters.ts';
import { type EventFilter, WatchLine, type WatchSink } from './watch-line.ts';

/** When watches end. */
export interface WatchEndOptions extends RequestFaultOptions {
  /**
   * How many further events a watch may send; the next ends it instead of being sent, also that of watches that begin later.
   *
   * @default those watches end that run now, at once, and no others
   */
  readonly afterEvents?: number | undefined;
}

interface ArmedWatchFault {
  readonly armed: ArmedFault;
  readonly match: RequestMatch;
  /** What the fault puts into a watch, if it takes it. */
  readonly filter: (armed: ArmedFault, line: WatchLine) => EventFilter | undefined;
}

/** What goes wrong with watches: those that run, and those that begin while the fault is there. */
export class WatchFaults {
  readonly #arm: ArmFault;
  readonly #faults = new Set<ArmedWatchFault>();
  readonly #lines = new Set<WatchLine>();

  constructor({ arm }: { readonly arm: ArmFault }) {
    this.#arm = arm;
  }

  /** Destroys the connections of watches. @throws RangeError */
  drop(options: WatchEndOptions = {}): Fault {
    return this.#endWatches('watches are dropped', options, ({ sink }) => sink.destroy());
  }

  /** Ends watches with an `ERROR` event of a 410, after which a client has to list again. @throws RangeError */
  expire(options: WatchEndOptions = {}): Fault {
    return this.#endWatches('watches expire', options, ({ sink }) => sink.fail(compacted()));
  }

  /** Holds the events of watches back until the fault is removed. @param options `lose`: then they are lost; else they come then. */
  stale(options: RequestFaultOptions & { readonly lose?: boolean | undefined } = {}): Fault {
    const { lose = false } = options;
    const filter: ArmedWatchFault['filter'] = (armed) => (armed.strikes() ? holdEvents({ lose }) : undefined);
    return this.#add(lose ? 'watches lose events' : 'watches are stale', options, filter);
  }

  /** Sends events twice. Turns count events. */
  duplicate(options: RequestFaultOptions = {}): Fault {
    return this.#add('watches repeat events', options, (armed) => repeatEvents(() => armed.strikes()));
  }

  /** Sends events after the one that follows them. Turns count events. What is held when the fault is removed comes then. */
  reorder(options: RequestFaultOptions = {}): Fault {
    return this.#add('watches swap events', options, (armed) => swapEvents(() => armed.strikes()));
  }

  /** For the server: a watch begins. What it sends has to go through the line, and the line is to be closed with the watch. */
  open(options: { readonly facts: RequestFacts; readonly sink: WatchSink }): WatchLine {
    const line = new WatchLine(options);
    this.#lines.add(line);
    line.onClose(() => this.#lines.delete(line));
    for (const fault of [...this.#faults]) this.#apply(fault, line);
    return line;
  }

  #endWatches(description: string, options: WatchEndOptions, end: (line: WatchLine) => void): Fault {
    const { afterEvents } = options;
    if (afterEvents !== undefined) {
      requireCount('afterEvents', afterEvents);
      return this.#add(`${description} after ${afterEvents} events`, options, (armed, line) =>
        stopAfter({ events: afterEvents, strikes: () => armed.strikes(), act: () => end(line) }),
      );
    }
    const armed = this.#arm(description, options);
    for (const line of [...this.#lines]) {
      if (matchesRequest(options.requests ?? {}, line.facts) && armed.strikes()) end(line);
    }
    armed.remove();
    return armed;
  }

  #add(description: string, options: RequestFaultOptions, filter: ArmedWatchFault['filter']): Fault {
    const fault = { armed: this.#arm(description, options), match: { ...options.requests }, filter };
    this.#faults.add(fault);
    fault.armed.signal.addEventListener('abort', () => this.#faults.delete(fault), { once: true });
    for (const line of [...this.#lines]) this.#apply(fault, line);
    return fault.armed;
  }

  #apply({ armed, match, filter }: ArmedWatchFault, line: WatchLine): void {
    if (armed.signal.aborted || !matchesRequest(match, line.facts)) return;
    const put = filter(armed, line);
    if (!put) return;
    line.add(put);
    const remove = (): void => line.remove(put);
    armed.signal.addEventListener('abort', remove, { once: true });
    line.onClose(() => armed.signal.removeEventListener('abort', remove));
  }
}

/** What etcd's compaction looks like to a watch. */
function compacted(): StatusError {
  const message = 'The resourceVersion for the provided watch is too old.';
  return new StatusError({ code: 410, reason: 'Expired', message });
}
