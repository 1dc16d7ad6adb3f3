import type { PodHandler } from './pod-handler.ts';

/** A pod that reads everything and never says a word; it ends when the client has ended. */
export function silence(): PodHandler {
  return (connection) => {
    connection.resume();
    connection.once('end', () => connection.end());
  };
}
