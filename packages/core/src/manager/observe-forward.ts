import type { ForwardObserver } from '../forward/forward-dependencies.ts';
import type { TypedEvents } from '../lifecycle/typed-events.ts';
import type { ForwardEvents } from '../model/forward-events.ts';
import type { PortForwardInfo } from '../model/forward-info.ts';

/** Turns what one forward reports into the manager's events, each with a snapshot. */
export function observeForward(options: {
  readonly id: string;
  readonly events: TypedEvents<ForwardEvents>;
  readonly snapshot: () => PortForwardInfo;
}): ForwardObserver {
  const { id: forwardId, events, snapshot } = options;
  return {
    onChanged: () => events.emit('forwardsChanged', { type: 'updated', forwardId, forwardInfo: snapshot() }),
    onDisconnected: (error, retryInMs) =>
      events.emit('forwardDisconnected', { forwardId, forwardInfo: snapshot(), error: error.toJSON(), retryInMs }),
    onConnectionOpened: (connection) => events.emit('connectionOpened', { forwardId, connection }),
    onConnectionClosed: ({ error, ...event }) =>
      events.emit('connectionClosed', { forwardId, ...event, ...(error ? { error: error.toJSON() } : {}) }),
  };
}
