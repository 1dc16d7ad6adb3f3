import type { ProgramResult } from '../../process/run-program.ts';

/** What a failed run of a credential plugin is reported with. */
export interface PluginFailure {
  /** The rest of a sentence that begins with the plugin's name. */
  readonly reason: string;
  readonly exitCode: number | undefined;
  /** The end of what the plugin wrote on stderr. */
  readonly hint: string | undefined;
}

const TAIL_LINES = 10;
const TAIL_LENGTH = 1500;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]/g;

/** Says why a plugin's run failed, or `undefined` when it exited with 0. */
export function describeFailure(options: {
  readonly result: ProgramResult;
  readonly timeoutMs: number;
}): PluginFailure | undefined {
  const { result } = options;
  if (result.outcome === 'exited' && result.exitCode === 0) return undefined;
  return { reason: reasonOf(options), exitCode: result.exitCode, hint: tail(result.stderr) };
}

function reasonOf(options: { readonly result: ProgramResult; readonly timeoutMs: number }): string {
  const { result, timeoutMs } = options;
  switch (result.outcome) {
    case 'exited':
      return `failed with exit code ${result.exitCode}`;
    case 'killed':
      return `was ended by ${result.killedBy ?? 'a signal'}`;
    case 'timed-out':
      return `did not finish within ${timeoutMs / 1000} s`;
    case 'too-much-output':
      return 'printed more than a credential can be';
    case 'not-started':
      return `could not be started (${result.systemError ?? 'unknown reason'})`;
  }
}

/** The last lines, without colours and other control characters. */
function tail(stderr: string): string | undefined {
  const lines = stderr
    .slice(-8 * TAIL_LENGTH)
    .replaceAll(CONTROL, '')
    .trim()
    .split('\n')
    .slice(-TAIL_LINES);
  const text = lines.join('\n').slice(-TAIL_LENGTH).trim();
  return text === '' ? undefined : text;
}
