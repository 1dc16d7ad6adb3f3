import type { PodHandler } from './pod-handler.ts';

/** A pod that sends back what it gets, and its end. */
export function echo(): PodHandler {
  return (connection) => {
    connection.pipe(connection);
  };
}
