import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addPortForwardCommand } from './commands/port-forward.ts';

/** What a command tells the program that runs it. */
export interface ProgramContext {
  /** Ends the process with this code once the command is done. */
  readonly setExitCode: (code: number) => void;
}

const EXAMPLES = `
Examples:
  kforge port-forward pod/web-0 8080:80        a pod's port 80 on local port 8080
  kforge port-forward svc/web 8080:http        a service's port by name
  kforge port-forward deploy/api :9000         any free local port
  kforge port-forward -l app=web 8080 9090     whichever pod has that label, two ports

Exit codes:
  0 ended on request   1 failed          2 wrong usage      3 kubeconfig or context
  4 not allowed        5 not found       6 not ready        7 local port not free
  8 unreachable        9 took too long
`;

/** The whole command line, ready to parse. */
export function createProgram(context: ProgramContext): Command {
  const program = new Command('kforge')
    .description('Kubernetes ports on localhost, and they stay there.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .option('--debug', 'show what happens inside, and stacks of errors')
    .addHelpText('after', EXAMPLES)
    .configureHelp({ sortSubcommands: true, showGlobalOptions: false })
    .configureOutput({ outputError: (text, write) => write(text) })
    .showHelpAfterError('(kforge --help says more)')
    .exitOverride();
  addPortForwardCommand(program, context);
  return program;
}
