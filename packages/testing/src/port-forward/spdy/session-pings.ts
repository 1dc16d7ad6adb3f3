/** The pings of a server, whose ids are even, until the client has echoed them. */
export class SessionPings {
  readonly #waiting = new Map<number, PromiseWithResolvers<void>>();
  #lastId = 0;

  /** Begins a ping: `send` gets its id. Fulfilled by {@link onEcho}, rejected by {@link fail}. */
  begin(send: (id: number) => void): Promise<void> {
    this.#lastId += 2;
    const echoed = Promise.withResolvers<void>();
    this.#waiting.set(this.#lastId, echoed);
    send(this.#lastId);
    return echoed.promise;
  }

  /** The client has echoed a ping; one that nobody waits for says nothing. */
  onEcho(id: number): void {
    this.#waiting.get(id)?.resolve();
    this.#waiting.delete(id);
  }

  /** No echo can come any more. */
  fail(error: Error): void {
    for (const echoed of this.#waiting.values()) echoed.reject(error);
    this.#waiting.clear();
  }
}
