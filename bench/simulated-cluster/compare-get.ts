import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBenchPod } from '../pod.ts';
import { median } from '../statistics.ts';
import type { MeasureContext } from './measure-context.ts';
import type { SimulatedFigure } from './run.ts';
import { startServer } from './start-server.ts';

const ROUNDS = 20;
const LIMIT = 1.1;

/** `kubectl get pods` of one pod: the real server and the simulated one in turn. */
export async function compareGet({ kubectl, context }: MeasureContext): Promise<readonly SimulatedFigure[]> {
  const signal = new AbortController().signal;
  const image = process.env.KFORGE_BENCH_IMAGE || 'kforge.test/podserver:1';
  const pod = await createBenchPod({ kubectl, context, image, signal });
  const cache = await mkdtemp(join(tmpdir(), 'kforge-bench-cache-'));
  const server = await startServer();
  try {
    const cached = [`--cache-dir=${cache}`, 'get', 'pods'];
    const real = [...cached, '--context', context, '--namespace', pod.namespace];
    const simulated = [...cached, '--kubeconfig', server.kubeconfigPath];
    const times = { real: [] as number[], simulated: [] as number[] };
    // The first of each fills kubectl's cache.
    for (const args of [real, simulated]) await kubectl.run(args);
    for (let round = 0; round < ROUNDS; round += 1) {
      times.real.push(await timeOf(() => kubectl.run(real)));
      times.simulated.push(await timeOf(() => kubectl.run(simulated)));
    }
    const [realMs, simulatedMs] = [median(times.real), median(times.simulated)];
    const ratio = simulatedMs / realMs;
    return [
      {
        label: 'kubectl get pods, to the real server',
        value: `${ratio.toFixed(2)} × (${simulatedMs.toFixed(0)} / ${realMs.toFixed(0)} ms)`,
        limit: `≤ ${LIMIT} ×`,
        isWithin: ratio <= LIMIT,
      },
    ];
  } finally {
    await server[Symbol.asyncDispose]();
    await rm(cache, { recursive: true, force: true });
    await pod.remove();
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
