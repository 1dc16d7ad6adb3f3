/** How much of a log is kept; the oldest lines give way. */
const MAX_LINES = 10_000;
const MAX_BYTES = 1024 * 1024;

interface Line {
  readonly atMs: number;
  readonly text: string;
  readonly bytes: number;
}

/** What to read of a log. */
export interface LogRange {
  /** Goes on with what comes, until the container ends. @default false */
  readonly follow?: boolean | undefined;
  /** How many lines, counted from the end. @default all */
  readonly tailLines?: number | undefined;
  /** Leaves out what is older, in milliseconds since the epoch. */
  readonly sinceMs?: number | undefined;
  /** Puts the time before each line. @default false */
  readonly timestamps?: boolean | undefined;
  /** Ends after so many bytes. @default all */
  readonly limitBytes?: number | undefined;
  /** Ends the reading, without an error. */
  readonly signal?: AbortSignal | undefined;
}

/** What one container has said between its start and its end. */
export class ContainerLog {
  readonly #lines: Line[] = [];
  readonly #changed = new Set<() => void>();
  /** How many lines were dropped: the number of the first line that is kept. */
  #dropped = 0;
  #bytes = 0;
  #ended = false;

  /** Adds a line, at a moment in milliseconds since the epoch. */
  write({ line, atMs }: { readonly line: string; readonly atMs: number }): void {
    if (this.#ended) return;
    const bytes = Buffer.byteLength(line) + 1;
    this.#lines.push({ atMs, text: `${line}\n`, bytes });
    this.#bytes += bytes;
    while (this.#lines.length > MAX_LINES || (this.#bytes > MAX_BYTES && this.#lines.length > 1)) this.#dropOldest();
    this.#tell();
  }

  /** Says that nothing more comes. */
  end(): void {
    this.#ended = true;
    this.#tell();
  }

  /** Reads the log in chunks of text. */
  async *read(range: LogRange = {}): AsyncGenerator<string, void, undefined> {
    const { follow = false, timestamps = false, signal } = range;
    let remaining = range.limitBytes ?? Number.POSITIVE_INFINITY;
    let next = this.#firstNumber(range);
    while (remaining > 0 && !signal?.aborted) {
      // Lines that were dropped meanwhile are lost to a reader who is too slow.
      next = Math.max(next, this.#dropped);
      const fresh = this.#lines.slice(next - this.#dropped);
      next += fresh.length;
      const text = fresh.map((line) => (timestamps ? `${rfc3339Nano(line.atMs)} ${line.text}` : line.text)).join('');
      const bytes = Buffer.byteLength(text);
      if (bytes > 0) yield bytes <= remaining ? text : Buffer.from(text).toString('utf8', 0, remaining);
      remaining -= bytes;
      // Someone may have written while the reader took what there was.
      if (next < this.#dropped + this.#lines.length) continue;
      if (!follow || this.#ended) return;
      if (remaining > 0) await this.#change(signal);
    }
  }

  #firstNumber({ tailLines, sinceMs = Number.NEGATIVE_INFINITY }: LogRange): number {
    const young = this.#lines.findIndex(({ atMs }) => atMs >= sinceMs);
    const first = young < 0 ? this.#lines.length : young;
    const tail = tailLines === undefined ? 0 : Math.max(0, this.#lines.length - tailLines);
    return this.#dropped + Math.max(first, tail);
  }

  #dropOldest(): void {
    this.#bytes -= this.#lines.shift()?.bytes ?? 0;
    this.#dropped += 1;
  }

  #tell(): void {
    for (const tell of this.#changed) tell();
  }

  async #change(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#changed.add(wake);
    signal?.addEventListener('abort', wake);
    if (!signal?.aborted) await promise;
    this.#changed.delete(wake);
    signal?.removeEventListener('abort', wake);
  }
}

/** As the container runtime writes it: with the fraction of the second. */
function rfc3339Nano(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000000Z');
}
