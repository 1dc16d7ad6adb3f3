import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/**
 * Runs a program on this terminal with KUBECONFIG set, and passes SIGTERM on to it, and SIGINT where no terminal does.
 *
 * @returns its exit code, 128 and the number of the signal that ended it, or 127 when it could not be started
 */
export async function runProgram(options: {
  readonly program: readonly string[];
  readonly kubeconfigPath: string;
  readonly writeError: (text: string) => void;
}): Promise<number> {
  const { kubeconfigPath, writeError } = options;
  const [file = '', ...args] = options.program;
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, KUBECONFIG: kubeconfigPath } });
  const passOn = (signal: NodeJS.Signals): void => {
    // A terminal sends Ctrl-C to all programs in the foreground itself.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, passOn);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    writeError(`${file} cannot be started: ${error instanceof Error ? error.message : String(error)}\n`);
    return 127;
  } finally {
    for (const signal of signals) process.off(signal, passOn);
  }
}
