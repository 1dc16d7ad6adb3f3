/** The base of every options object: each asynchronous call can be cancelled. */
export interface AbortOptions {
  /** Cancels the call, which then rejects with the signal's reason and leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
}
