/** The longest argument, in bytes. */
const MAX_ARGUMENT = 512 * 1024;
/** How many arguments a command may have. */
const MAX_ARGUMENTS = 1024;
/** How long a whole command may be, in bytes. */
const MAX_COMMAND = 1024 * 1024;
/** The longest line: a length, or a command typed by hand, in bytes. */
const MAX_LINE = 64 * 1024;

const CRLF_LENGTH = 2;

/** What a client sent is no command. The connection ends with the message as an error reply. */
export class RespProtocolError extends Error {
  override readonly name = 'RespProtocolError';
}

/** Reads the commands of a Redis client, in RESP2 (redis.io/docs/reference/protocol-spec) or as plain lines. */
export class RespReader {
  #pending: Buffer = Buffer.alloc(0);
  #chunks: Buffer[] = [];
  #length = 0;
  /** So many bytes are missing before it is worth another look. */
  #needed = 1;

  /**
   * Takes what came, and gives every command that is complete, as its arguments.
   *
   * @throws RespProtocolError for what is no command, or a longer one than 1 MiB.
   */
  *read(chunk: Buffer): Generator<readonly Buffer[], void, undefined> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    this.#pending = Buffer.concat(this.#chunks);
    for (let command = this.#next(); command; command = this.#next()) {
      if (command.length > 0) yield command;
    }
    this.#chunks = [this.#pending];
    this.#length = this.#pending.length;
  }

  /** Takes one command off the front; `undefined` when it is not complete. An empty line is a command without arguments. */
  #next(): readonly Buffer[] | undefined {
    const line = this.#line(0);
    this.#needed = this.#pending.length + 1;
    if (!line) return undefined;
    if (this.#pending[0] !== 0x2a) {
      const words = line.text.trim().split(/\s+/).filter(Boolean);
      this.#pending = this.#pending.subarray(line.end);
      return words.map((word) => Buffer.from(word, 'latin1'));
    }
    const count = lengthOf(line.text.slice(1), { max: MAX_ARGUMENTS, what: 'multibulk' });
    const command: Buffer[] = [];
    let position = line.end;
    while (command.length < count) {
      const header = this.#line(position);
      if (!header) return undefined;
      if (!header.text.startsWith('$')) {
        throw new RespProtocolError(`Protocol error: expected '$', got '${printable(header.text)}'`);
      }
      const length = lengthOf(header.text.slice(1), { max: MAX_ARGUMENT, what: 'bulk' });
      if (length < 0) throw new RespProtocolError('Protocol error: invalid bulk length');
      position = header.end + length + CRLF_LENGTH;
      if (position > MAX_COMMAND) throw new RespProtocolError('Protocol error: too big request');
      if (position > this.#pending.length) {
        this.#needed = position;
        return undefined;
      }
      // A copy, so that a value that is kept does not keep the whole chunk.
      command.push(Buffer.from(this.#pending.subarray(header.end, header.end + length)));
    }
    this.#pending = this.#pending.subarray(position);
    return command;
  }

  #line(start: number): { readonly text: string; readonly end: number } | undefined {
    const end = this.#pending.indexOf('\n', start);
    if ((end < 0 ? this.#pending.length : end) - start > MAX_LINE) {
      throw new RespProtocolError('Protocol error: too big inline request');
    }
    if (end < 0) return undefined;
    return { text: this.#pending.toString('latin1', start, end).replace(/\r$/, ''), end: end + 1 };
  }
}

function lengthOf(text: string, { max, what }: { readonly max: number; readonly what: string }): number {
  const length = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(length <= max)) throw new RespProtocolError(`Protocol error: invalid ${what} length`);
  return length;
}

function printable(text: string): string {
  return /^[ -~]/.test(text) ? text.slice(0, 1) : '?';
}
