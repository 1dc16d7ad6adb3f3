import type { Duplex } from 'node:stream';
import type { RequestFacts } from './request-match.ts';
import type { ShapedResponse } from './shaped-response.ts';

/** A request that faults are asked about before it is answered. */
export interface Exchange {
  readonly facts: RequestFacts;
  /** The client's connection. */
  readonly socket: Duplex;
  /** What the answer goes through; `undefined` for a request that asks for another protocol. */
  readonly response: ShapedResponse | undefined;
}
