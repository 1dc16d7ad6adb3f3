import type { PodHandler } from './pod-handler.ts';

/** A pod that holds the connection and reads nothing, so that the client is held back once the buffers are full. */
export function neverReads(): PodHandler {
  return () => {};
}
