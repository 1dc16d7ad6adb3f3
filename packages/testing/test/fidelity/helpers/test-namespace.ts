import { normalise } from './normalise.ts';
import type { ObjectJson } from './object-json.ts';
import { type Outcome, type RunningProgram, runProgram, startProgram } from './programs.ts';
import type { HelmName, ProgramName, TestCluster } from './test-cluster.ts';

/** What goes with a command. */
export interface CommandOptions {
  /** Standard input. @default none */
  readonly input?: string;
  /** Variables on top of the usual ones. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A namespace of one test, which is the one of the kubeconfig. A command is a line that is split at its spaces, with further arguments
 * taken as they are. Output is normalised, `NAMESPACE`, `NODE` and `FOLDER` standing for what they are in this run.
 */
export class TestNamespace implements AsyncDisposable {
  readonly name: string;
  readonly cluster: TestCluster;
  readonly #leftovers: string[] = [];

  constructor(options: { readonly cluster: TestCluster; readonly name: string }) {
    this.cluster = options.cluster;
    this.name = options.name;
  }

  /** Runs kubectl. */
  kubectl(command: string, ...more: readonly string[]): Promise<Outcome> {
    return this.run('kubectl', [command, ...more]);
  }

  /** Runs kubectl with an object, several of them or a text as its standard input. */
  kubectlWith(
    input: object | readonly object[] | string,
    command: string,
    ...more: readonly string[]
  ): Promise<Outcome> {
    return this.run('kubectl', [command, ...more], { input: asText(input) });
  }

  /** Runs kubectl and throws unless it succeeds. Returns what it printed, not normalised. */
  kubectlOrFail(command: string, ...more: readonly string[]): Promise<string> {
    return this.#orFail([command, ...more], {});
  }

  /** Creates objects. @throws Error with what kubectl said. */
  async create(...objects: readonly object[]): Promise<void> {
    await this.#orFail(['create -f -'], { input: asText(objects) });
  }

  /** Applies objects on the client side. @throws Error with what kubectl said. */
  async apply(...objects: readonly object[]): Promise<void> {
    await this.#orFail(['apply -f -'], { input: asText(objects) });
  }

  /** An object, or a list of them, as `kubectl get ARGS -o json` gives it. @throws Error with what kubectl said. */
  async get(what: string, ...more: readonly string[]): Promise<ObjectJson> {
    return JSON.parse(await this.#orFail([`get -o json ${what}`, ...more], {})) as ObjectJson;
  }

  /** One field as `jsonpath` finds it. @throws Error with what kubectl said. */
  field(what: string, jsonpath: string): Promise<string> {
    return this.#orFail([`get ${what} -o`, `jsonpath={${jsonpath}}`], {});
  }

  /** Waits until a deployment is rolled out. @throws Error with what kubectl said. */
  async rolledOut(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.#orFail([`rollout status deployment/${name} --timeout=30s`], {});
  }

  /** Runs a program; the first of the arguments is split at spaces. */
  async run(program: ProgramName, args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
    const { code, stdout, stderr } = await this.#run(program, args, options);
    const nodes = Object.fromEntries(this.cluster.nodes.map((node) => [node, 'NODE']));
    const known = { [this.name]: 'NAMESPACE', [this.cluster.folder]: 'FOLDER', ...nodes };
    return { code, stdout: normalise(stdout, known), stderr: normalise(stderr, known) };
  }

  /** Runs a helm; `CHART` stands for the chart of the cluster. */
  async helm(program: HelmName, command: string, ...more: readonly string[]): Promise<Outcome> {
    return this.run(program, [command.replace('CHART', await this.cluster.chart()), ...more]);
  }

  /** Starts kubectl and lets it run. Its output is not normalised. */
  start(command: string, environment: Readonly<Record<string, string>> = {}): RunningProgram {
    const { env, ...options } = this.cluster.program('kubectl', this.name, command.split(' '));
    return startProgram({ ...options, env: { ...env, ...environment } });
  }

  /** Makes the end of the namespace delete an object outside of it as well, such as `clusterrole/NAME`. */
  alsoDelete(...objects: readonly string[]): void {
    this.#leftovers.push(...objects);
  }

  /** Deletes the namespace without waiting for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    const objects = [`namespace/${this.name}`, ...this.#leftovers].join(' ');
    await this.#run('kubectl', [`delete ${objects} --wait=false --ignore-not-found`], {});
  }

  async #orFail(args: readonly string[], options: CommandOptions): Promise<string> {
    const { code, stdout, stderr } = await this.#run('kubectl', args, options);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout;
  }

  #run(program: ProgramName, args: readonly string[], { input, environment }: CommandOptions): Promise<Outcome> {
    const [command = '', ...more] = args;
    const { env, ...options } = this.cluster.program(program, this.name, [...command.split(' '), ...more]);
    return runProgram({ ...options, env: { ...env, ...environment }, input });
  }
}

function asText(input: object | readonly object[] | string): string {
  if (typeof input === 'string') return input;
  const items = Array.isArray(input) ? (input as readonly object[]) : [input];
  return JSON.stringify(items.length === 1 ? items[0] : { apiVersion: 'v1', kind: 'List', items });
}
