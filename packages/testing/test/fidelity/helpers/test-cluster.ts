import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { SimulatedCluster } from '../../../src/index.ts';
import { writeChart } from './charts.ts';
import type { ConditionJson, ObjectJson } from './object-json.ts';
import { type ProgramOptions, runProgram } from './programs.ts';
import { TestNamespace } from './test-namespace.ts';

/** The helms of the suite, as they are called on PATH. */
export type HelmName = 'helm-3' | 'helm-4';

/** The programs of the suite, as they are called on PATH. */
export type ProgramName = 'kubectl' | HelmName;

/**
 * The cluster that the suite runs on: the context that `KFORGE_TEST_CONTEXT` names in the kubeconfig of the environment, or else a
 * simulated one. Programs get a home and caches of their own in `folder`.
 */
export class TestCluster implements AsyncDisposable {
  /** For files of the tests; removed at the end. */
  readonly folder: string;
  readonly #kubeconfig: string;
  #nodes: readonly string[] = [];
  #chart: Promise<string> | undefined;
  readonly #simulated: SimulatedCluster | undefined;

  private constructor(options: { folder: string; kubeconfig: string; simulated: SimulatedCluster | undefined }) {
    this.folder = options.folder;
    this.#kubeconfig = options.kubeconfig;
    this.#simulated = options.simulated;
  }

  /** Opens it. @throws Error when the kubeconfig has no such context. */
  static async open(): Promise<TestCluster> {
    const context = process.env.KFORGE_TEST_CONTEXT ?? '';
    const folder = await mkdtemp(path.join(tmpdir(), 'fidelity-'));
    try {
      if (context !== '')
        return new TestCluster({ folder, kubeconfig: await readContext(context), simulated: undefined });
      // Only here, so that a run on a real cluster tells nothing of the simulated one.
      const { startSimulated } = await import('./start-simulated.ts');
      const simulated = await startSimulated();
      return new TestCluster({ folder, kubeconfig: simulated.kubeconfig, simulated });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The names of the nodes that take pods, known from the first namespace on. */
  get nodes(): readonly string[] {
    return this.#nodes;
  }

  /** The folder of a chart, see {@link writeChart}. */
  chart(): Promise<string> {
    this.#chart ??= writeChart({ parent: this.folder });
    return this.#chart;
  }

  /** How to run one of the programs in a namespace of this cluster. */
  program(name: ProgramName, namespace: string, args: readonly string[]): ProgramOptions {
    const env = {
      PATH: process.env.PATH,
      HOME: this.folder,
      KUBECONFIG: this.#kubeconfigPath(namespace),
      KUBECACHEDIR: path.join(this.folder, 'kube-cache'),
      HELM_CACHE_HOME: path.join(this.folder, 'helm-cache'),
      HELM_CONFIG_HOME: path.join(this.folder, 'helm-config'),
      HELM_DATA_HOME: path.join(this.folder, 'helm-data'),
    };
    return { program: name, args, env };
  }

  /** Makes a namespace in which pods can be created. @throws Error with what kubectl said. */
  async createNamespace(): Promise<TestNamespace> {
    const name = `fidelity-${randomBytes(4).toString('hex')}`;
    await writeFile(this.#kubeconfigPath(name), inNamespace(this.#kubeconfig, name), { mode: 0o600 });
    const namespace = new TestNamespace({ cluster: this, name });
    await namespace.kubectlOrFail(`create namespace ${name}`);
    if (this.#nodes.length === 0) this.#nodes = readyNodes((await namespace.get('nodes')).items);
    await namespace.kubectlOrFail('wait --for=create serviceaccount/default');
    return namespace;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#simulated?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #kubeconfigPath(namespace: string): string {
    return path.join(this.folder, `${namespace}.kubeconfig`);
  }
}

function readyNodes(nodes: readonly ObjectJson[]): string[] {
  const isReady = ({ type, status }: ConditionJson) => type === 'Ready' && status === 'True';
  const ready = nodes.filter(({ spec, status }) => spec.unschedulable !== true && status.conditions.some(isReady));
  return ready.map(({ metadata }) => metadata.name);
}

/** A kubeconfig whose one context has this namespace. */
function inNamespace(kubeconfig: string, namespace: string): string {
  const config = parse(kubeconfig) as { contexts: { context: Record<string, string> }[] };
  for (const { context } of config.contexts) context.namespace = namespace;
  return stringify(config);
}

async function readContext(context: string): Promise<string> {
  const args = ['config', 'view', '--raw', '--flatten', '--minify', '--context', context];
  const { code, stdout, stderr } = await runProgram({ program: 'kubectl', args, env: process.env });
  if (code !== 0) throw new Error(`There is no context ${context}: ${stderr}`);
  return stdout;
}
