import type { Duplex } from 'node:stream';

/** One TCP connection of the client's side, as its carrier delivers it. */
export interface ForwardedConnection {
  /** The port inside the pod that the client wants. */
  readonly port: number;
  /** What the client sends and gets; its `end` is the client's FIN, a `close` without `end` its abort. */
  readonly data: Duplex;
  /** Ends both directions and reports a failure to the client with this text. Once {@link complete} was called, nothing. */
  fail(text: string): void;
  /** Ends the connection without an error, after what was written to `data`. */
  complete(): void;
}
