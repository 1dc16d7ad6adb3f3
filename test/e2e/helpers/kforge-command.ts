import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url));

/** How a command ended. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** A `kforge` that runs, as a user starts it. */
export class KforgeCommand implements AsyncDisposable {
  readonly #process: ChildProcessByStdio<null, Readable, Readable>;
  readonly #lines: AsyncIterator<string, undefined>;
  readonly #result: Promise<CommandResult>;

  constructor(args: readonly string[]) {
    this.#process = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.#result = this.#collect();
  }

  /** The next line of its output. */
  async nextLine(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`kforge ended: ${(await this.#result).stderr}`);
    return value;
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Waits for its end. */
  result(): Promise<CommandResult> {
    return this.#result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#result;
  }

  async #collect(): Promise<CommandResult> {
    const { promise: exitCode, resolve } = Promise.withResolvers<number | null>();
    this.#process.once('exit', resolve);
    return { stderr: await text(this.#process.stderr), exitCode: await exitCode };
  }
}
