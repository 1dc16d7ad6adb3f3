import type { AbortOptions } from '../lifecycle/abort-options.ts';

/** A program to run to its end. */
export interface RunProgramOptions extends AbortOptions {
  /** The program's path; see {@link findExecutable}. No shell is involved. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment of the program. */
  readonly environment: NodeJS.ProcessEnv;
  /** The folder that it runs in. @default the current folder */
  readonly folder?: string | undefined;
  readonly timeoutMs: number;
  /** How much it may print on each of stdout and stderr, in bytes. */
  readonly maxOutputBytes: number;
  /** Gives the program this process's stdin, and shows its stderr to the person at the terminal as it comes. @default false */
  readonly interactive?: boolean;
}

/** How a program ended. */
export interface ProgramResult {
  readonly outcome: 'exited' | 'killed' | 'timed-out' | 'too-much-output' | 'not-started';
  readonly exitCode: number | undefined;
  /** The signal that ended it, for instance `SIGKILL`. */
  readonly killedBy: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it was `not-started`: an error code of the system such as `EACCES`. */
  readonly systemError: string | undefined;
}

const KILL_AFTER_MS = 1000;

/**
 * Runs a program and waits for its end, whatever that is; only an abort rejects. A program that outstays its time or prints too much gets
 * SIGTERM and, a second later, SIGKILL.
 */
export async function runProgram(options: RunProgramOptions): Promise<ProgramResult> {
  options.signal?.throwIfAborted();
  const { execa } = await import('execa'); // slow to load, and most runs of kforge need no program
  options.signal?.throwIfAborted();
  const interactive = options.interactive ?? false;
  const result = await execa(options.file, options.args, {
    env: options.environment as Record<string, string>,
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    stdin: interactive ? 'inherit' : 'ignore',
    stderr: interactive ? ['pipe', 'inherit'] : 'pipe',
    timeout: options.timeoutMs,
    maxBuffer: options.maxOutputBytes,
    forceKillAfterDelay: KILL_AFTER_MS,
    windowsHide: true,
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  if (result.isCanceled) throw options.signal?.reason;
  return {
    outcome: outcomeOf(result),
    exitCode: result.exitCode,
    killedBy: result.signal,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
    systemError: result.failed && result.exitCode === undefined ? result.code : undefined,
  };
}

function outcomeOf(result: {
  readonly timedOut: boolean;
  readonly isMaxBuffer: boolean;
  readonly isTerminated: boolean;
  readonly exitCode?: number;
}): ProgramResult['outcome'] {
  if (result.timedOut) return 'timed-out';
  if (result.isMaxBuffer) return 'too-much-output';
  if (result.isTerminated) return 'killed';
  return result.exitCode === undefined ? 'not-started' : 'exited';
}
