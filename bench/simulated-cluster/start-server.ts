import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A simulated cluster in a process of its own. */
export interface SimulatedServer extends AsyncDisposable {
  readonly kubeconfigPath: string;
}

/** Starts it. @throws Error when it ends before it runs. */
export async function startServer(): Promise<SimulatedServer> {
  const script = fileURLToPath(new URL('server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [kubeconfigPath] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error('the simulated cluster ended'))),
  ])) as [string];
  return {
    kubeconfigPath,
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
