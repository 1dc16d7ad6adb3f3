import type { Socket } from 'node:net';

/**
 * Collects the small writes of one turn of the event loop, on any number of sockets, and sends each socket's with one system call.
 * TLS hands out at most 16 KiB at a time, so a burst would otherwise cost one call for each piece.
 */
export class FlushQueue {
  #corked: Socket[] = [];
  readonly #flush = (): void => {
    const sockets = this.#corked;
    this.#corked = [];
    for (const socket of sockets) socket.uncork();
  };

  /** Holds back the socket's writes until the loop's current turn is over. */
  hold(socket: Socket): void {
    if (socket.writableCorked > 0) return;
    socket.cork();
    if (this.#corked.push(socket) === 1) setImmediate(this.#flush);
  }
}
