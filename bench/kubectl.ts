import { execFile } from 'node:child_process';

export interface KubectlRunOptions {
  readonly stdin?: string;
  /** Ends the command. */
  readonly signal?: AbortSignal;
}

export interface Kubectl {
  /** The program: KFORGE_KUBECTL, else `kubectl` from PATH. */
  readonly file: string;
  /**
   * Runs one command and resolves with its stdout.
   * @throws Error with the command and kubectl's stderr when it fails or takes longer than two minutes
   */
  run(args: readonly string[], options?: KubectlRunOptions): Promise<string>;
}

/** The kubectl that is measured, and with which the bench makes its pod. */
export function findKubectl(env: NodeJS.ProcessEnv): Kubectl {
  const file = env.KFORGE_KUBECTL || 'kubectl';
  return {
    file,
    run: (args, run = {}) =>
      new Promise((resolve, reject) => {
        const options = { timeout: 120_000, maxBuffer: 16 * 1024 * 1024, signal: run.signal };
        const child = execFile(file, args, options, (error, stdout, stderr) => {
          if (error === null) resolve(stdout);
          else if (run.signal?.aborted) reject(run.signal.reason);
          else reject(new Error(`kubectl ${args.join(' ')}: ${stderr.trim() || String(error.code ?? error.signal)}`));
        });
        child.stdin?.on('error', () => undefined); // a kubectl that ended early says why on stderr
        child.stdin?.end(run.stdin ?? '');
      }),
  };
}
