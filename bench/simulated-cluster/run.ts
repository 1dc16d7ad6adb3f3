/** Measures the simulated cluster against the real one of KUBECONFIG: `npm run bench:simulated`. See docs/benchmark.md. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findKubectl } from '../kubectl.ts';
import { describeMachine } from '../results.ts';
import { compareGet } from './compare-get.ts';
import { compareThroughput } from './compare-throughput.ts';
import { measureMemory } from './measure-memory.ts';
import { measureStart } from './measure-start.ts';

/** One line of the report. */
export interface SimulatedFigure {
  readonly label: string;
  readonly value: string;
  readonly limit: string;
  readonly isWithin: boolean;
}

const resultsFile = fileURLToPath(new URL('results.json', import.meta.url));
const measures = { start: measureStart, memory: measureMemory, get: compareGet, throughput: compareThroughput };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { measure: { type: 'string' }, context: { type: 'string' } } });
  const kubectl = findKubectl(process.env);
  const context = values.context ?? (await kubectl.run(['config', 'current-context'])).trim();
  const chosen = Object.entries(measures).filter(([name]) => values.measure === undefined || values.measure === name);
  if (chosen.length === 0)
    throw new Error(`there is no measure ${values.measure}: ${Object.keys(measures).join(', ')}`);
  const figures: SimulatedFigure[] = [];
  for (const [name, measure] of chosen) {
    process.stderr.write(`measuring ${name}\n`);
    figures.push(...(await measure({ kubectl, context })));
  }
  const date = new Date().toISOString().slice(0, 10);
  if (values.measure === undefined) {
    await writeFile(resultsFile, `${JSON.stringify({ date, machine: describeMachine(), figures }, undefined, 2)}\n`);
  }
  console.log('| simulated cluster | measured | limit |\n|---|---|---|');
  for (const { label, value, limit, isWithin } of figures) {
    console.log(`| ${label} | ${value}${isWithin ? '' : ' (missed)'} | ${limit} |`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
