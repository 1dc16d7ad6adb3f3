import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { SimulatedCluster } from '../../src/index.ts';

/** What a program that has ended said. */
export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A kubectl that is still running. */
export interface RunningKubectl extends AsyncDisposable {
  /** The next line of standard output; `undefined` at its end. */
  nextLine(): Promise<string | undefined>;
  /** What it said on standard error, once it has ended. */
  readonly stderr: Promise<string>;
  readonly ended: Promise<number | null>;
}

/** The kubectl on PATH, if there is one. */
export function findKubectl(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, 'kubectl')).find(isExecutable);
}

/** The real kubectl with a home and a cache of its own, because it remembers what a server on some port knew. */
export class Kubectl implements AsyncDisposable {
  readonly #program: string;
  readonly #home: string;
  readonly #kubeconfigPath: string;

  private constructor(options: { program: string; home: string; kubeconfigPath: string }) {
    this.#program = options.program;
    this.#home = options.home;
    this.#kubeconfigPath = options.kubeconfigPath;
  }

  /** Prepares a kubectl for a cluster. @throws Error when there is none on PATH. */
  static async for(cluster: SimulatedCluster): Promise<Kubectl> {
    const program = findKubectl();
    if (program === undefined) throw new Error('There is no kubectl on PATH');
    const home = await mkdtemp(path.join(tmpdir(), 'kubectl-home-'));
    return new Kubectl({ program, home, kubeconfigPath: cluster.kubeconfigPath });
  }

  /** Runs it to its end. */
  async run(...args: readonly string[]): Promise<ProgramResult> {
    const child = this.#spawn(args, {});
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    return { code, stdout, stderr };
  }

  /** Starts it and lets it run until it is disposed of. */
  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningKubectl {
    const child = this.#spawn(args, environment);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ended = (once(child, 'close') as Promise<[number | null]>).then(([code]) => code);
    return {
      nextLine: async () => (await lines.next()).value as string | undefined,
      stderr: text(child.stderr),
      ended,
      [Symbol.asyncDispose]: async () => {
        child.kill();
        await ended;
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#home, { recursive: true, force: true });
  }

  #spawn(args: readonly string[], environment: Readonly<Record<string, string>>) {
    const env = { PATH: process.env.PATH, HOME: this.#home, KUBECONFIG: this.#kubeconfigPath, ...environment };
    const all = [`--cache-dir=${path.join(this.#home, 'cache')}`, ...args];
    return spawn(this.#program, all, { env, stdio: ['ignore', 'pipe', 'pipe'] }) satisfies ChildProcess;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
