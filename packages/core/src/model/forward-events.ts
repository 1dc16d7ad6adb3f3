import type { KforgeErrorJson } from '../errors/kforge-error.ts';
import type { PortForwardInfo } from './forward-info.ts';

/** What {@link PortForwardManager.onForwardsChanged} reports. */
export type PortForwardEvent =
  | { readonly type: 'added'; readonly forwardId: string; readonly forwardInfo: PortForwardInfo }
  | { readonly type: 'updated'; readonly forwardId: string; readonly forwardInfo: PortForwardInfo }
  | { readonly type: 'removed'; readonly forwardId: string };

/** One local connection of a forward. */
export interface ConnectionInfo {
  /** Counts up within its forward, from 1. */
  readonly connectionId: number;
  readonly localPort: number;
  readonly remotePort: number;
  /** The address and port of the local program. */
  readonly client: string;
}

/** Everything that the manager reports, by event name. Names are in the past tense; objects are snapshots. */
export interface ForwardEvents {
  /** A forward was added, changed its state or pod, or was removed. */
  forwardsChanged: PortForwardEvent;
  /** A local program connected. */
  connectionOpened: { readonly forwardId: string; readonly connection: ConnectionInfo };
  /** A connection ended, in order or not; `error` says why where it failed. */
  connectionClosed: {
    readonly forwardId: string;
    readonly connection: ConnectionInfo;
    readonly bytesReceived: number;
    readonly bytesSent: number;
    readonly error?: KforgeErrorJson;
  };
  /** A forward lost its tunnel. It goes on by itself; `retryInMs` is the wait before the next attempt. */
  forwardDisconnected: {
    readonly forwardId: string;
    readonly forwardInfo: PortForwardInfo;
    readonly error: KforgeErrorJson;
    readonly retryInMs: number;
  };
}
