import type { PodHandler } from './pod-handler.ts';

/** A pod that sends a text and ends at once, without waiting for the client. */
export function replyAndClose(text = 'done'): PodHandler {
  return (connection) => {
    connection.resume();
    connection.end(text);
  };
}
