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

  shift(): Buffer | undefined {
    const chunk = this.#chunks.shift();
    if (chunk) this.#size -= chunk.length;
    return chunk;
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }
}
