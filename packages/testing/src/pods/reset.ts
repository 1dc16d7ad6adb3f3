import type { PodHandler } from './pod-handler.ts';

/** A pod that resets the connection once it has read something. */
export function reset(): PodHandler {
  return (connection) => {
    connection.once('data', () => connection.destroy(new Error('The handler resets every connection')));
  };
}
