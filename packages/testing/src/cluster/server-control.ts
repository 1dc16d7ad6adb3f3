import type { Clock } from '../clock/clock.ts';
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
    if (downMs > 0) await this.#wait(downMs);
    if (!this.#signal.aborted) await this.start();
  }

  async #wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.setTimeout(resolve, ms);
    const leave = (): void => resolve();
    this.#signal.addEventListener('abort', leave, { once: true });
    if (!this.#signal.aborted) await promise;
    this.#signal.removeEventListener('abort', leave);
    cancel();
  }
}
