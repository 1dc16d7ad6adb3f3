import type { EventFilter } from './watch-line.ts';

/** Whether a fault takes the event that comes now. */
type Strikes = () => boolean;

/** Holds every event back until it is released; then they go on in their order, or never. */
export function holdEvents({ lose }: { readonly lose: boolean }): EventFilter {
  const held: Buffer[] = [];
  let heldBytes = 0;
  return {
    get heldBytes() {
      return heldBytes;
    },
    event: (event) => {
      if (lose) return;
      held.push(event);
      heldBytes += event.length;
    },
    release: (pass) => {
      for (const event of held) pass(event);
    },
  };
}

/** Sends an event twice. */
export function repeatEvents(strikes: Strikes): EventFilter {
  return {
    heldBytes: 0,
    event: (event, pass) => {
      pass(event);
      if (strikes()) pass(event);
    },
    release: () => undefined,
  };
}

/** Sends an event after the one that follows it. */
export function swapEvents(strikes: Strikes): EventFilter {
  let held: Buffer | undefined;
  return {
    get heldBytes() {
      return held?.length ?? 0;
    },
    event: (event, pass) => {
      if (held === undefined && strikes()) {
        held = event;
        return;
      }
      pass(event);
      if (held !== undefined) pass(held);
      held = undefined;
    },
    release: (pass) => {
      if (held !== undefined) pass(held);
    },
  };
}

/** Lets so many events pass, and then acts in the place of the next, if the fault takes it. */
export function stopAfter(options: {
  readonly events: number;
  readonly strikes: Strikes;
  readonly act: () => void;
}): EventFilter {
  let left = options.events;
  let stopped = false;
  return {
    heldBytes: 0,
    event: (event, pass) => {
      if (stopped) return;
      if (left > 0) {
        left -= 1;
        pass(event);
      } else if (options.strikes()) {
        stopped = true;
        options.act();
      } else {
        // This watch was let go.
        left = Number.POSITIVE_INFINITY;
        pass(event);
      }
    },
    release: () => undefined,
  };
}
