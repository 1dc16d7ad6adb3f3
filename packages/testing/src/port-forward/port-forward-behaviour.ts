/** Where the runtime of a simulated pod differs from a plain TCP connection. */
export interface PortForwardBehaviour {
  /**
   * 0: each direction ends on its own, at once. Above 0, as containerd does with 1000: when one direction has ended,
   * the other is cut after this many milliseconds, and only then does the client see the end of the connection.
   */
  readonly closeLagMs: number;
  /**
   * `true`: the client's end reaches the handler as the end of what it reads. `false`, as containerd does: the
   * handler is not told, and everything is cut after `closeLagMs`. With `true` a pod that goes on sending after the
   * client's end may never learn that nobody listens: kubectl sends no reset after its FIN.
   */
  readonly halfClose: boolean;
  /**
   * How a failed connection ends. `data-end-first`, as containerd 1.6 does: the data stream ends, then the error text
   * comes. `error-text-first`: the other way round. `reset`, as newer runtimes do: the error text, then both streams
   * are reset.
   *
   * @default 'data-end-first'
   */
  readonly failure?: 'data-end-first' | 'error-text-first' | 'reset';
}

/**
 * Completes a behaviour: half-close works unless told otherwise, and the lag is 0, or 1000 ms without half-close.
 */
export function portForwardBehaviour(given: Partial<PortForwardBehaviour> = {}): PortForwardBehaviour {
  const halfClose = given.halfClose ?? true;
  return { failure: 'data-end-first', ...given, halfClose, closeLagMs: given.closeLagMs ?? (halfClose ? 0 : 1000) };
}
