import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** How a program ended and what it said. */
export interface Outcome {
  /** Its exit code; `null` when it was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program to run. */
export interface ProgramOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its standard input. @default none */
  readonly input?: string | undefined;
}

/** A program that still runs; disposing of it ends it. */
export interface RunningProgram extends AsyncDisposable {
  /** The next line of standard output; `undefined` at its end. */
  nextLine(): Promise<string | undefined>;
  /** Waits for its end; `stdout` is what `nextLine` has not taken. */
  readonly ended: Promise<Outcome>;
}

/** Longer than anything a test waits for, shorter than the time of a test. */
const RUN_LIMIT_MS = 40_000;

/** Runs a program to its end. Whatever takes more than 40 s is killed. */
export async function runProgram(options: ProgramOptions): Promise<Outcome> {
  const { program, args, env, input } = options;
  const child = spawn(program, args, { env, timeout: RUN_LIMIT_MS, killSignal: 'SIGKILL' });
  // A program that does not read its input may be gone before all of it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** Starts a program and lets it run. */
export function startProgram(options: ProgramOptions): RunningProgram {
  const { program, args, env } = options;
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const closed = once(child, 'close') as Promise<[number | null]>;
  const stderr = text(child.stderr);
  const nextLine = async (): Promise<string | undefined> => (await lines.next()).value as string | undefined;
  const rest = async (): Promise<Outcome> => {
    let stdout = '';
    for (let line = await nextLine(); line !== undefined; line = await nextLine()) stdout += `${line}\n`;
    const [code] = await closed;
    return { code, stdout, stderr: await stderr };
  };
  let ended: Promise<Outcome> | undefined;
  return {
    nextLine,
    get ended() {
      ended ??= rest();
      return ended;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
