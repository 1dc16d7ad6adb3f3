import type { ForwardTraffic } from '../model/forward-info.ts';

/** The counters of one forward; changing them costs an addition. */
export class TrafficCounter {
  #bytesReceived = 0;
  #bytesSent = 0;
  #openConnections = 0;
  #totalConnections = 0;
  #failedConnections = 0;
  #lastActivityAt: number | undefined;

  received(bytes: number): void {
    this.#bytesReceived += bytes;
    this.#lastActivityAt = Date.now();
  }

  sent(bytes: number): void {
    this.#bytesSent += bytes;
    this.#lastActivityAt = Date.now();
  }

  opened(): void {
    this.#openConnections += 1;
    this.#totalConnections += 1;
  }

  closed(options: { readonly failed: boolean }): void {
    this.#openConnections -= 1;
    if (options.failed) this.#failedConnections += 1;
  }

  get lastActivity(): Date | undefined {
    return this.#lastActivityAt === undefined ? undefined : new Date(this.#lastActivityAt);
  }

  snapshot(): ForwardTraffic {
    return {
      bytesReceived: this.#bytesReceived,
      bytesSent: this.#bytesSent,
      openConnections: this.#openConnections,
      totalConnections: this.#totalConnections,
      failedConnections: this.#failedConnections,
    };
  }
}
