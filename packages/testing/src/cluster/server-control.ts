import type { Clock } from '../clock/clock.ts';
import { wait } from '../clock/wait.ts';
import type { HttpsServer } from '../server/https-server.ts';

/** Stops the API server of a cluster and starts it again on the same port; objects and pods live on, watches and tunnels end. */
export class ServerControl {
  readonly #server: HttpsServer;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;

  constructor(options: { readonly server: HttpsServer; readonly clock: Clock; readonly signal: AbortSignal }) {
    this.#server = options.server;
    this.#clock = options.clock;
    this.#signal = options.signal;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  /** @param options `downMs`: how long nobody listens, by the clock of the cluster. */
  async restart({ downMs }: { readonly downMs: number }): Promise<void> {
    await this.stop();
    if (downMs > 0) await wait({ clock: this.#clock, ms: downMs, signal: this.#signal });
    if (!this.#signal.aborted) await this.start();
  }
}
