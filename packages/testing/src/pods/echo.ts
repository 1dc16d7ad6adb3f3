import type { PodHandler } from './pod-handler.ts';

/** Sends back what it gets, and its end. */
export function echo(): PodHandler {
  return (connection) => {
    connection.pipe(connection);
  };
}

/** Sends a text at once, then echoes, as servers do that greet their clients. */
export function speaksFirst(text: string = '220 ready\r\n'): PodHandler {
  return (connection) => {
    connection.write(text);
    connection.pipe(connection);
  };
}
