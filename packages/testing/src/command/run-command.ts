import { constants } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import { SimulatedCluster } from '../simulated-cluster.ts';
import { type CommandOptions, readCommandOptions, USAGE } from './command-options.ts';
import { EXAMPLE_HINTS, exampleImages, exampleManifests } from './example-shop.ts';
import { runProgram } from './run-program.ts';

/** What ends it; SIGHUP is a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Where the command writes to. */
export interface CommandOutput {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** Runs the command until it is interrupted or its program ends. @returns the exit code. */
export async function runCommand(args: readonly string[], output: CommandOutput): Promise<number> {
  let options: CommandOptions;
  try {
    options = readCommandOptions(args);
  } catch (error) {
    output.writeError(`${error instanceof Error ? error.message : String(error)}\nTry --help.\n`);
    return 2;
  }
  if (options.help || options.version) {
    output.write(options.help ? USAGE : `${manifest.version}\n`);
    return 0;
  }
  return startSandbox(options, output);
}

async function startSandbox(options: CommandOptions, { write, writeError }: CommandOutput): Promise<number> {
  const { port, contextName, empty, program } = options;
  // Before the start: an interrupt in between must not leave files behind.
  const interrupted = waitForSignal();
  let cluster: SimulatedCluster;
  try {
    cluster = await SimulatedCluster.start({ port, contextName, images: empty ? [] : exampleImages() });
  } catch (error) {
    writeError(`The simulated cluster does not start: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  try {
    if (!empty) await cluster.apply(exampleManifests());
    if (program.length > 0) {
      interrupted.cancel();
      return await runProgram({ program, kubeconfigPath: cluster.kubeconfigPath, writeError });
    }
    write(`export KUBECONFIG=${shellWord(cluster.kubeconfigPath)}\n`);
    writeError(`A simulated cluster runs at ${cluster.server}; Ctrl-C stops it.\n${empty ? '' : EXAMPLE_HINTS}`);
    const signal = await interrupted.signal;
    return signal === 'SIGINT' ? 0 : 128 + constants.signals[signal];
  } finally {
    await cluster.stop();
  }
}

function waitForSignal(): { readonly signal: Promise<NodeJS.Signals>; readonly cancel: () => void } {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const cancel = (): void => {
    for (const signal of SIGNALS) process.off(signal, resolve);
  };
  for (const signal of SIGNALS) process.on(signal, resolve);
  void promise.then(cancel);
  return { signal: promise, cancel };
}

/** A path as one word of a shell. */
function shellWord(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
