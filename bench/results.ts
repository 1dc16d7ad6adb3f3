import { cpus, release, totalmem, type } from 'node:os';
import type { Forwarder, ForwarderName } from './forwarders/forwarder.ts';
import type { Kubectl } from './kubectl.ts';
import type { Metric } from './measures/measure.ts';
import { median } from './statistics.ts';

/** A number in the metric's unit, `failed`, or `>N` when the wait for it was given up. */
export type Reading = number | string;

/** What bench/results.json holds. */
export interface Results {
  readonly date: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly transferMebibytes: number;
  readonly rows: readonly Row[];
  readonly failures: readonly Failure[];
}

export interface Row extends Metric {
  readonly rounds: number;
  readonly medians: Readonly<Partial<Record<ForwarderName, Reading>>>;
  /** Every round's reading, for who wants to see the spread. */
  readonly readings: Readonly<Partial<Record<ForwarderName, readonly Reading[]>>>;
}

/** A forwarder's turn that gave no reading. */
export interface Failure {
  readonly measure: string;
  readonly forwarder: ForwarderName;
  readonly round: number;
  readonly message: string;
}

/** One row from the readings of all rounds; NaN stands for a failed one, Infinity for one that was given up. */
export function toRow(metric: Metric, rounds: number, readings: ReadonlyMap<ForwarderName, readonly number[]>): Row {
  const toReading = (value: number): Reading => {
    if (Number.isNaN(value)) return 'failed';
    return Number.isFinite(value) ? Number(value.toPrecision(6)) : `>${metric.ceiling ?? ''}`;
  };
  const entries = [...readings];
  return {
    ...metric,
    rounds,
    medians: Object.fromEntries(entries.map(([name, values]) => [name, toReading(median(values))])),
    readings: Object.fromEntries(entries.map(([name, values]) => [name, values.map(toReading)])),
  };
}

/** The machine's size, as far as it says something about the figures. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GiB`;
  return `${cores.length} cores (${cores[0]?.model.trim() || 'unknown'}), ${memory}, ${type()} ${release()}`;
}

/** Versions of what takes part: the forwarders, Node and the API server. */
export async function readVersions(
  forwarders: readonly Forwarder[],
  kubectl: Kubectl,
  context: string,
): Promise<Record<string, string>> {
  const answer: unknown = JSON.parse(await kubectl.run(['--context', context, 'version', '--output', 'json']));
  const { serverVersion } = answer as { serverVersion: { gitVersion: string } };
  const versions: Record<string, string> = { kubernetes: serverVersion.gitVersion, node: process.version };
  for (const forwarder of forwarders) versions[forwarder.name] = await forwarder.version();
  return versions;
}
