import { parseArgs } from 'node:util';

/** What the command line says. */
export interface CommandOptions {
  readonly port: number | undefined;
  readonly contextName: string | undefined;
  /** Start with nothing but the namespaces. */
  readonly empty: boolean;
  /** A program to run against the cluster, with its arguments; the cluster stops when it ends. */
  readonly program: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
}

export const USAGE = `Usage: simulated-cluster [options] [-- program arguments…]

A Kubernetes API server in this process, for kubectl, helm, kforge and other clients. It prints an export of KUBECONFIG and runs until Ctrl-C.
With a program, it runs that with KUBECONFIG set and ends with it.

Options:
  --port NUMBER     listen on this port of 127.0.0.1 (default: any free one)
  --context NAME    the name of the context (default: simulated)
  --empty           start without the example
  -h, --help        show this text
  -V, --version     show the version

Example:
  simulated-cluster -- kubectl get pods
`;

/** Reads the arguments. @throws TypeError for what it does not know, with a sentence for the user. */
export function readCommandOptions(args: readonly string[]): CommandOptions {
  const separator = args.indexOf('--');
  const [own, program] = separator < 0 ? [args, []] : [args.slice(0, separator), args.slice(separator + 1)];
  const { values } = parseArgs({
    args: [...own],
    options: {
      port: { type: 'string' },
      context: { type: 'string' },
      empty: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'V', default: false },
    },
  });
  const { port, context, empty, help, version } = values;
  if (separator >= 0 && program.length === 0) throw new TypeError('There is no program after --.');
  return { port: readPort(port), contextName: context, empty, program, help, version };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= 1 && port <= 65_535)) throw new TypeError(`--port needs a number from 1 to 65535, not ${text}.`);
  return port;
}
