import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import { EXIT_CODE, exitCodeOf } from './output/exit-codes.ts';
import { writeError } from './output/write-error.ts';

/**
 * Runs one command line and resolves with the exit code of the table in {@link EXIT_CODE}. Everything that fails ends here, as one line
 * and a hint.
 */
export async function runCli(args: readonly string[]): Promise<number> {
  // Whoever reads the output may leave first; writing on must not end in a crash.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const debug = args.includes('--debug');
  let exitCode: number = EXIT_CODE.ok;
  const program = createProgram({
    setExitCode: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.ok : EXIT_CODE.usage;
    writeError({ error, debug, stream: process.stderr });
    return exitCodeOf(error);
  }
}
