import { parseArgs } from 'node:util';
import { type ForwarderName, forwarderNames } from './forwarders/forwarder.ts';
import { allMeasures } from './measures/all-measures.ts';
import type { Measure, Scale } from './measures/measure.ts';

export const usage: string = `npm run bench -- [options]

  --context NAME      context of the cluster; the current one when left out
  --only LIST         forwarders, by comma: kubectl, client-node, kforge
  --measure LIST      measures or groups of them, by comma:
                      startup     idle-memory, start
                      latency     sequential, burst, round-trip, delayed-open
                      throughput  down-1, down-8, up-1, up-8
                      isolation   stall
                      behaviour   half-close, reset, pod-end
  --rounds N          rounds of every measure, instead of 3 (5 for start, burst and throughput)
  --quick             one round of little; for trying the bench, not for figures
  --markdown          print the table in Markdown
  --out FILE          where the results go; bench/results.json for a full run, nowhere for a partial or quick one
  --last              run nothing, print the table of bench/results.json (or of --out)

Environment: KUBECONFIG; KFORGE_KUBECTL, the kubectl to use; KFORGE_BENCH_IMAGE, the pod server's image.`;

export interface BenchOptions {
  readonly context: string | undefined;
  readonly only: readonly ForwarderName[];
  readonly measures: readonly Measure[];
  readonly rounds: number | undefined;
  readonly scale: Scale;
  readonly markdown: boolean;
  readonly out: string | undefined;
  readonly last: boolean;
  readonly help: boolean;
  /** Whether everything is measured in full, so that the results may stand for the project. */
  readonly full: boolean;
}

const fullScale: Scale = {
  sequentialConnects: 300,
  roundTrips: 1000,
  delayedConnects: 30,
  transferMebibytes: 256,
  settleMs: 1500,
};

const quickScale: Scale = {
  sequentialConnects: 50,
  roundTrips: 100,
  delayedConnects: 10,
  transferMebibytes: 32,
  settleMs: 300,
};

/** @throws Error naming what is wrong with the command line */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      context: { type: 'string' },
      only: { type: 'string' },
      measure: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      out: { type: 'string' },
      last: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds >= 1 && rounds <= 1000)) {
    throw new Error('--rounds takes a number from 1 to 1000');
  }
  return {
    context: values.context,
    only: forwarders(values.only),
    measures: measures(values.measure),
    rounds: rounds ?? (values.quick ? 1 : undefined),
    scale: values.quick ? quickScale : fullScale,
    markdown: values.markdown,
    out: values.out,
    last: values.last,
    help: values.help,
    full: values.only === undefined && values.measure === undefined && !values.quick && (rounds ?? 3) >= 3,
  };
}

function forwarders(list: string | undefined): readonly ForwarderName[] {
  if (list === undefined) return forwarderNames;
  const wanted = list.split(',');
  const unknown = wanted.find((name) => !forwarderNames.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`--only knows ${forwarderNames.join(', ')}, not ${unknown}`);
  return forwarderNames.filter((name) => wanted.includes(name));
}

function measures(list: string | undefined): readonly Measure[] {
  const all = allMeasures();
  if (list === undefined) return all;
  const wanted = list.split(',');
  const unknown = wanted.find((name) => !all.some((measure) => name === measure.name || name === measure.group));
  if (unknown !== undefined) throw new Error(`--measure knows no ${unknown}; --help lists them`);
  return all.filter((measure) => wanted.includes(measure.name) || wanted.includes(measure.group));
}
