import { setTimeout as delay } from 'node:timers/promises';
import { firstLine } from './first-line.ts';
import type { PodHandler } from './pod-handler.ts';

/** When and how much {@link slowAnswer} answers. */
export interface SlowAnswerOptions {
  /** How often `ab` is sent. @default 30 */
  readonly pieces?: number;
  /** The time between two pieces, in milliseconds. @default 100 */
  readonly intervalMs?: number;
}

/** A pod that reads one line, then answers slowly, whether or not the client has ended: 60 bytes over 3 s by default. */
export function slowAnswer({ pieces = 30, intervalMs = 100 }: SlowAnswerOptions = {}): PodHandler {
  return async (connection) => {
    const closed = new AbortController();
    connection.once('close', () => closed.abort());
    await firstLine(connection);
    connection.resume();
    for (let piece = 0; piece < pieces; piece += 1) {
      connection.write('ab');
      await delay(intervalMs, undefined, { signal: closed.signal });
    }
    connection.end();
  };
}
