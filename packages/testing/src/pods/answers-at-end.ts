import { once } from 'node:events';
import type { PodHandler } from './pod-handler.ts';

/** A pod that answers only when the client has ended, then ends itself: what a client hears that ends its half of a connection first. */
export function answersAtEnd(text = 'done'): PodHandler {
  return async (connection) => {
    connection.resume();
    await once(connection, 'end');
    connection.end(text);
  };
}
