/** How many bytes a stream keeps for an owner that paused it, before its tunnel stops reading. */
export const RECEIVE_BUDGET: number = 1024 * 1024;

/** What a piece costs beyond its bytes: many small ones fill the budget too. */
const PIECE_COST = 256;

/** Bytes that came for a stream while its owner reads nothing. */
export class ReceiveBuffer {
  #pieces: Buffer[] = [];
  /** The first piece that was not handed on yet; shifting a long array would cost its length each time. */
  #head = 0;
  #cost = 0;

  get isEmpty(): boolean {
    return this.#head === this.#pieces.length;
  }

  /** Whether the stream has as much as it may keep. */
  get isFull(): boolean {
    return this.#cost >= RECEIVE_BUDGET;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#cost += piece.length + PIECE_COST;
  }

  /** Hands on what is kept, oldest first, for as long as it is wanted. */
  flush(options: { readonly isWanted: () => boolean; readonly deliver: (piece: Buffer) => void }): void {
    while (!this.isEmpty && options.isWanted()) {
      const piece = this.#pieces[this.#head++] as Buffer;
      this.#cost -= piece.length + PIECE_COST;
      options.deliver(piece);
    }
    if (this.isEmpty) this.clear();
  }

  clear(): void {
    this.#pieces = [];
    this.#head = 0;
    this.#cost = 0;
  }
}
