import { median } from '../statistics.ts';
import type { SimulatedFigure } from './run.ts';
import { runSample } from './run-sample.ts';

const ROUNDS = 5;
const LIMIT_MIB = 150;

interface MemorySample {
  readonly before: number;
  readonly after: number;
  readonly addedMs: number;
}

/** The resident memory of a process that runs a cluster with 5,000 pods behind one service. */
export async function measureMemory(): Promise<readonly SimulatedFigure[]> {
  const samples: MemorySample[] = [];
  for (let round = 0; round < ROUNDS; round += 1) samples.push(await runSample<MemorySample>('memory-sample.mjs'));
  const after = median(samples.map((sample) => sample.after));
  const empty = median(samples.map(({ before }) => before));
  const seconds = median(samples.map(({ addedMs }) => addedMs)) / 1000;
  return [
    {
      label: 'process with 5,000 pods, resident',
      value: `${after.toFixed(0)} MiB (empty: ${empty.toFixed(0)})`,
      limit: `≤ ${LIMIT_MIB} MiB`,
      isWithin: after <= LIMIT_MIB,
    },
    { label: 'adding them one by one', value: `${seconds.toFixed(1)} s`, limit: '', isWithin: true },
  ];
}
