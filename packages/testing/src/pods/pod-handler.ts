import type { Duplex } from 'node:stream';

/** Where a connection arrived. */
export interface PodConnectionContext {
  /** The port inside the pod. */
  readonly port: number;
  readonly podName: string;
  readonly namespace: string;
}

/**
 * What a pod does with one TCP connection to one of its ports. The duplex behaves as an accepted socket with
 * `allowHalfOpen`: its `end` event is the client's FIN, its `end()` sends one, what is not read holds the client back,
 * `destroy()` closes it, and `destroy(error)` resets it. So does a handler that throws or rejects. Resolving means
 * nothing: the connection lives on until it is ended. Nobody needs to listen to its `error` event.
 */
export type PodHandler = (connection: Duplex, context: PodConnectionContext) => void | Promise<void>;
