import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';

const main = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url));

/** A `kforge` that runs, as a user starts it. */
export class KforgeCommand implements AsyncDisposable {
  readonly #process: ResultPromise<{ reject: false; stdin: 'ignore'; env: Readonly<Record<string, string>> }>;
  readonly #lines: AsyncIterator<string, undefined>;

  constructor(args: readonly string[], options: { readonly env?: Readonly<Record<string, string>> } = {}) {
    this.#process = execa(process.execPath, [main, ...args], {
      reject: false,
      stdin: 'ignore',
      env: options.env ?? {},
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** The next line of its output. */
  async nextLine(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`kforge ended: ${(await this.#process).stderr}`);
    return value;
  }

  /** Sends a signal. */
  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** How it ended. */
  async result(): Promise<{ readonly exitCode: number | undefined; readonly stderr: string }> {
    const result = await this.#process;
    return { exitCode: result.exitCode, stderr: String(result.stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#process;
  }
}
