/** How many bytes a stream keeps for an owner that paused it, before its tunnel stops reading. */
export const RECEIVE_BUDGET: number = 1024 * 1024;

/** Bytes that came for a stream while its owner reads nothing. */
export class ReceiveBuffer {
  #chunks: Buffer[] = [];
  #size = 0;

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  /** Whether the stream has as much as it may keep. */
  get isFull(): boolean {
    return this.#size >= RECEIVE_BUDGET;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** Hands on what is kept, oldest first, for as long as it is wanted. */
  flush(options: { readonly isWanted: () => boolean; readonly deliver: (chunk: Buffer) => void }): void {
    while (options.isWanted()) {
      const chunk = this.#chunks.shift();
      if (!chunk) return;
      this.#size -= chunk.length;
      options.deliver(chunk);
    }
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }
}
