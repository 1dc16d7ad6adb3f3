/** How the connections of a port-forward travel. */
export type PortForwardCarrier = 'websocket-tunnel' | 'spdy' | 'legacy-websocket';

/** One upgraded port-forward request of a client, with all its connections. */
export interface PortForwardSession {
  readonly carrier: PortForwardCarrier;
  readonly podName: string;
  /** How many connections are open now. */
  readonly streams: number;
  /**
   * Sends a ping, a SPDY one with an even id or a WebSocket one; fulfilled when the client has answered.
   *
   * @throws Error when the session ends before.
   */
  ping(): Promise<void>;
  /** Drops the session as a lost network connection does; every handler's connection is reset. */
  destroy(): void;
  /** Fulfilled, never rejected, when the session and all its connections are over. */
  readonly closed: Promise<void>;
}

/** The answer to give when a request cannot be upgraded. */
export interface PortForwardRefusal {
  readonly refused: {
    readonly status: number;
    readonly message: string;
    /** Headers of the answer, in lower case. */
    readonly headers?: Readonly<Record<string, string>>;
  };
}
