type Cleanup = () => void | Promise<void>;

/**
 * What has to be undone, in reverse order of doing. A start that fails half way runs it and rethrows; a start that succeeds keeps it for
 * stop. What is added after the run is cleaned up at once. (Node 22 has no `AsyncDisposableStack`.)
 */
export class CleanupStack implements AsyncDisposable {
  #cleanups: Cleanup[] = [];
  #running: Promise<void> | undefined;
  #finished = false;

  /** Adds one step of the clean-up. */
  defer(cleanup: Cleanup): void {
    this.#cleanups.push(cleanup);
    if (this.#finished) this.#running = this.#runAll();
  }

  /** Runs every step once, also when one fails; the failures are thrown together at the end. Idempotent. */
  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.run();
  }

  async #runAll(): Promise<void> {
    const failures: unknown[] = [];
    this.#finished = false;
    for (let cleanup = this.#cleanups.pop(); cleanup; cleanup = this.#cleanups.pop()) {
      try {
        await cleanup();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#finished = true;
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, 'Several steps of a clean-up failed');
  }
}
