import type { PodHandler } from './pod-handler.ts';

/** A pod that sends a text before the client says anything, as SMTP and MySQL do, then echoes. */
export function speaksFirst(text: string): PodHandler {
  return (connection) => {
    connection.write(text);
    connection.pipe(connection);
  };
}
