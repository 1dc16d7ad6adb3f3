import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Forwarder } from './forwarder.ts';

export interface StartForwarderOptions {
  readonly forwarder: Forwarder;
  readonly context: string;
  readonly namespace: string;
  readonly pod: string;
  readonly remotePorts: readonly number[];
  /** In place of the environment's KUBECONFIG. */
  readonly kubeconfig?: string;
  /** Kills the process. */
  readonly signal: AbortSignal;
}

export interface RunningForwarder {
  readonly pid: number;
  /** From the spawn to the last of its `Forwarding from` lines. */
  readonly startMs: number;
  /** The local port that leads to a remote one. */
  port(remote: number): number;
  isRunning(): boolean;
  /** Asks the process to end, and after two seconds makes it. */
  stop(): Promise<void>;
}

/** How much of a forwarder's stderr is kept for the message of a failed start, in characters. */
const stderrLimit = 2000;

/**
 * Starts a forwarder and resolves when it listens on every port.
 * @throws Error with the end of its stderr when it ends before, or does not listen within 30 s
 */
export async function startForwarder(options: StartForwarderOptions): Promise<RunningForwarder> {
  const locals = await freePorts(options.remotePorts.length);
  const pairs = options.remotePorts.map((remote, index) => `${locals[index]}:${remote}`);
  const command = options.forwarder.command({ ...options, pairs });
  const env = options.kubeconfig === undefined ? process.env : { ...process.env, KUBECONFIG: options.kubeconfig };
  options.signal.throwIfAborted();

  const beganMs = performance.now();
  const child = spawn(command.file, command.args, {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  options.signal.addEventListener('abort', kill);
  process.on('exit', kill); // should the bench itself fall over
  child.once('close', () => {
    options.signal.removeEventListener('abort', kill);
    process.off('exit', kill);
  });
  try {
    const ports = await listening(child, options.forwarder.name, options.remotePorts);
    const startMs = performance.now() - beganMs;
    if (child.pid === undefined) throw new Error(`${options.forwarder.name} has no process id`);
    return {
      pid: child.pid,
      startMs,
      port: (remote) => {
        const local = ports.get(remote);
        if (local === undefined) throw new Error(`port ${remote} is not forwarded`);
        return local;
      },
      isRunning: () => child.exitCode === null && child.signalCode === null,
      stop: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** Reads stdout until each remote port has its line, and from then on only keeps the pipes empty. */
function listening(child: ChildProcess, name: string, remotes: readonly number[]): Promise<Map<number, number>> {
  return new Promise((resolve, reject) => {
    const ports = new Map<number, number>();
    let stderr = '';
    const fail = (reason: string) => reject(new Error(`${name} ${reason}: ${stderr.trim() || 'nothing on stderr'}`));
    const limit = setTimeout(() => fail('did not listen within 30 s'), 30_000);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-stderrLimit);
    });
    child.once('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      fail(`ended with ${signal ?? `exit code ${code}`}`);
    });
    if (child.stdout === null) return;
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const match = /^Forwarding from 127\.0\.0\.1:(\d+) -> (\d+)/.exec(line);
      if (match === null) return;
      ports.set(Number(match[2]), Number(match[1]));
      if (!remotes.every((remote) => ports.has(remote))) return;
      clearTimeout(limit);
      lines.close();
      child.stdout?.resume(); // kubectl writes a line for every connection
      resolve(ports);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), 2000);
  await exited;
  clearTimeout(limit);
}

async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const server = createServer().listen(0, '127.0.0.1');
      servers.push(server);
      await once(server, 'listening');
    }
    return servers.map((server) => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('a free port has no number');
      return address.port;
    });
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}
