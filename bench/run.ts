/** The benchmark: kubectl, client-node and kforge forward the same pod's ports in turn. `npm run bench -- --help` lists the options. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { clientNodeForwarder } from './forwarders/client-node.ts';
import type { Forwarder, ForwarderName } from './forwarders/forwarder.ts';
import { kforgeForwarder } from './forwarders/kforge.ts';
import { kubectlForwarder } from './forwarders/kubectl.ts';
import { findKubectl, type Kubectl } from './kubectl.ts';
import { type BenchOptions, parseOptions, usage } from './options.ts';
import { createBenchPod } from './pod.ts';
import { renderReport } from './report.ts';
import { describeMachine, type Results, readVersions } from './results.ts';
import { runMeasures } from './run-measures.ts';

const resultsFile = fileURLToPath(new URL('results.json', import.meta.url));

/** Measures what the options name. The namespace and every process are gone when it settles. */
async function bench(options: BenchOptions, signal: AbortSignal): Promise<Results> {
  if (process.platform !== 'linux') throw new Error('the bench reads memory and CPU from /proc: it runs on Linux only');
  const progress = (line: string) => process.stderr.write(`${line}\n`);
  const kubectl = findKubectl(process.env);
  const forwarders = chooseForwarders(options, kubectl);
  const context = options.context ?? (await kubectl.run(['config', 'current-context'], { signal })).trim();
  const versions = await readVersions(forwarders, kubectl, context);

  const image = process.env.KFORGE_BENCH_IMAGE || 'kforge.test/podserver:1';
  progress(`starting ${image} on context ${context}`);
  const pod = await createBenchPod({ kubectl, context, image, signal });
  try {
    const date = new Date().toISOString().slice(0, 10);
    const measured = await runMeasures({ ...options, forwarders, kubectl, context, pod, signal, progress });
    const { transferMebibytes } = options.scale;
    return { date, machine: describeMachine(), versions, transferMebibytes, ...measured };
  } finally {
    progress(`deleting namespace ${pod.namespace}`);
    await pod.remove();
  }
}

function chooseForwarders(options: BenchOptions, kubectl: Kubectl): readonly Forwarder[] {
  const make: Record<ForwarderName, () => Forwarder> = {
    kubectl: () => kubectlForwarder(kubectl),
    'client-node': clientNodeForwarder,
    kforge: kforgeForwarder,
  };
  return options.only.map((name) => make[name]());
}

/** Runs the bench until it is done or the user ends it, and keeps the results where they belong. */
async function benchAndKeep(options: BenchOptions): Promise<Results> {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => controller.abort(new Error(`ended by ${name}`)));
  }
  const results = await bench(options, controller.signal);
  const out = options.out ?? (options.full ? resultsFile : undefined);
  if (out === undefined) process.stderr.write('a quick or partial run: results not kept (see --out)\n');
  else await writeFile(out, `${JSON.stringify(results, undefined, 2)}\n`);
  return results;
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return;
  }
  const results = options.last
    ? (JSON.parse(await readFile(options.out ?? resultsFile, 'utf8')) as Results)
    : await benchAndKeep(options);
  console.log(renderReport(results, options.markdown ? 'markdown' : 'terminal'));
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
