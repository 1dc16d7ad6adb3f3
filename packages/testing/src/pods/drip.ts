import type { PodHandler } from './pod-handler.ts';

/** How fast {@link drip} sends. */
export interface DripOptions {
  /** The time between two bytes, in milliseconds. @default 100 */
  readonly intervalMs?: number;
}

/** A pod that sends one byte at a time, for as long as the connection lives; a client that does not read is waited for. */
export function drip({ intervalMs = 100 }: DripOptions = {}): PodHandler {
  return (connection) => {
    connection.resume();
    const timer = setInterval(() => {
      if (!connection.writableNeedDrain) connection.write('.');
    }, intervalMs);
    connection.once('close', () => clearInterval(timer));
  };
}
