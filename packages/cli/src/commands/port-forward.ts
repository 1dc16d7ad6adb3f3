import { PortForwardManager } from '@kforge/core';
import type { Command } from 'commander';
import type { ProgramContext } from '../create-program.ts';
import { createReporter } from '../output/port-forward-reporter.ts';
import { stderrLogger } from '../output/stderr-logger.ts';
import { waitForEnd } from '../process/wait-for-end.ts';
import { type PortForwardFlags, portForwardConfig } from './port-forward-arguments.ts';
import { startOnFreePort } from './start-on-free-port.ts';

const MORE = `
TYPE/NAME is pod/NAME (or just NAME), svc/, deploy/, sts/, ds/, rs/ or job/NAME. A port is [LOCAL:]REMOTE;
REMOTE is a number or the port's name, and an empty or zero LOCAL takes any free port.

Examples:
  kforge port-forward svc/web 8080:80
  kforge port-forward pod/redis 6379 --address 127.0.0.1
  kforge port-forward deploy/api 8080:http 9090 --json
`;

/** Adds `kforge port-forward`: kubectl's grammar and lines, and a forward that goes on where kubectl's ends. */
export function addPortForwardCommand(program: Command, context: ProgramContext): void {
  program
    .command('port-forward')
    .description('Forward local ports to a pod, until Ctrl-C.')
    .usage('TYPE/NAME [LOCAL:]REMOTE [...[LOCAL:]REMOTE] [options]')
    .argument('[words...]', 'what to forward, then its ports')
    .option('-n, --namespace <name>', "the namespace (default: the context's)")
    .option('--context <name>', 'the context (default: the current one)')
    .option('--kubeconfig <file>', 'the kubeconfig (default: KUBECONFIG, then ~/.kube/config)')
    .option('--address <list>', 'addresses to listen on, comma-separated', 'localhost')
    .option('--pod-running-timeout <duration>', 'how long to wait for a pod that runs', '1m0s')
    .option('-l, --selector <labels>', 'any ready pod with these labels, in place of TYPE/NAME')
    .option('-c, --container <name>', 'check that this container declares the port')
    .option('--local <port|auto>', 'the local port; auto takes the next free one when it is taken')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', MORE)
    .action(async (words: string[], flags: PortForwardFlags) => {
      const debug = program.opts<{ debug?: boolean }>().debug === true;
      context.setExitCode(await runPortForward({ words, flags, debug }));
    });
}

/** Forwards until a signal, a closed terminal or the end of the target, and resolves with the exit code. */
async function runPortForward(options: {
  readonly words: readonly string[];
  readonly flags: PortForwardFlags;
  readonly debug: boolean;
}): Promise<number> {
  const { flags, debug } = options;
  const config = portForwardConfig(options.words, flags);
  const manager = new PortForwardManager({
    ...(flags.kubeconfig === undefined ? {} : { kubeConfig: flags.kubeconfig }),
    ...(debug ? { logger: stderrLogger } : {}),
  });
  const reporter = createReporter({ json: flags.json === true, stdout: process.stdout, stderr: process.stderr });
  const end = waitForEnd(manager);
  try {
    reporter.follow(manager);
    const forward = await startOnFreePort({ manager, config, isAuto: flags.local === 'auto', signal: end.signal });
    reporter.onStarted(forward.snapshot());
    return await end.exitCode;
  } catch (error) {
    if (error === end.signal.reason) return await end.exitCode;
    reporter.onError(error);
    throw error;
  } finally {
    await manager.dispose();
    reporter.onStopped();
    end.dispose();
  }
}
