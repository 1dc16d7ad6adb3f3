import { median } from '../statistics.ts';
import type { SimulatedFigure } from './run.ts';
import { runSample } from './run-sample.ts';

const ROUNDS = 20;
const LIMIT_MS = 50;

interface StartSample {
  readonly importMs: number;
  readonly firstMs: number;
  readonly secondMs: number;
}

/** How long it takes until a cluster runs: the first in a process, and a further one. */
export async function measureStart(): Promise<readonly SimulatedFigure[]> {
  const samples: StartSample[] = [];
  for (let round = 0; round < ROUNDS; round += 1) samples.push(await runSample<StartSample>('start-sample.mjs'));
  const of = (field: keyof StartSample) => median(samples.map((sample) => sample[field]));
  const figure = (label: string, value: number, limitMs: number): SimulatedFigure => ({
    label,
    value: `${value.toFixed(0)} ms`,
    limit: `≤ ${limitMs} ms`,
    isWithin: value <= limitMs,
  });
  return [
    figure('first start in a process', of('firstMs'), LIMIT_MS),
    figure('further start', of('secondMs'), LIMIT_MS),
    { label: 'loading the package', value: `${of('importMs').toFixed(0)} ms`, limit: '', isWithin: true },
  ];
}
