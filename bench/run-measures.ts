import { setTimeout as delay } from 'node:timers/promises';
import { startDelayedKubeconfig } from './delayed-kubeconfig.ts';
import type { Forwarder, ForwarderName } from './forwarders/forwarder.ts';
import { startForwarder } from './forwarders/start-forwarder.ts';
import type { Kubectl } from './kubectl.ts';
import type { Measure, Scale } from './measures/measure.ts';
import type { BenchPod } from './pod.ts';
import { type Failure, type Row, toRow } from './results.ts';

export interface RunMeasuresOptions {
  readonly measures: readonly Measure[];
  readonly forwarders: readonly Forwarder[];
  /** In place of each measure's own number of rounds. */
  readonly rounds: number | undefined;
  readonly scale: Scale;
  readonly kubectl: Kubectl;
  readonly context: string;
  readonly pod: BenchPod;
  readonly signal: AbortSignal;
  /** Called with a line when something begins or goes wrong. */
  readonly progress: (line: string) => void;
}

/**
 * Runs measure by measure, each in rounds in which every forwarder has its turn with a fresh process. A turn that fails is a failure
 * in the results; only the signal ends the run.
 */
export async function runMeasures(
  options: RunMeasuresOptions,
): Promise<{ readonly rows: readonly Row[]; readonly failures: readonly Failure[] }> {
  const rows: Row[] = [];
  const failures: Failure[] = [];
  for (const [index, measure] of options.measures.entries()) {
    const rounds = options.rounds ?? measure.rounds;
    const readings = measure.metrics.map(() => new Map<ForwarderName, number[]>());
    for (let round = 1; round <= rounds; round++) {
      // Every other round goes backwards, so that nobody always follows the same neighbour.
      const turns = round % 2 === 1 ? options.forwarders : options.forwarders.toReversed();
      for (const forwarder of turns) {
        const turn = `${measure.name}, round ${round}/${rounds}, ${forwarder.name}`;
        options.progress(`[${index + 1}/${options.measures.length}] ${turn}`);
        let values: readonly number[] = [];
        try {
          values = await takeTurn(options, measure, forwarder);
        } catch (error) {
          options.signal.throwIfAborted();
          const message = error instanceof Error ? error.message : String(error);
          failures.push({ measure: measure.name, forwarder: forwarder.name, round, message });
          options.progress(`${turn}: ${message}`);
        }
        for (const [position, ofMetric] of readings.entries()) {
          const before = ofMetric.get(forwarder.name) ?? [];
          ofMetric.set(forwarder.name, [...before, values[position] ?? Number.NaN]);
        }
      }
    }
    for (const [position, metric] of measure.metrics.entries()) {
      rows.push(toRow(metric, rounds, readings[position] ?? new Map()));
    }
  }
  return { rows, failures };
}

/** One forwarder's turn; whatever it starts has ended when this resolves. */
async function takeTurn(options: RunMeasuresOptions, measure: Measure, forwarder: Forwarder) {
  const { signal, scale, context, pod, kubectl } = options;
  await delay(scale.settleMs, undefined, { signal });
  const started: { stop(): Promise<void> }[] = [];
  try {
    return await measure.run({
      scale,
      signal,
      start: async (remotePorts, kubeconfig) => {
        const target = { forwarder, context, namespace: pod.namespace, pod: pod.name, remotePorts, signal };
        const running = await startForwarder(kubeconfig === undefined ? target : { ...target, kubeconfig });
        started.push(running);
        return running;
      },
      delayApiServer: async (delayMs) => {
        const delayed = await startDelayedKubeconfig({ kubectl, context, delayMs, signal });
        started.push(delayed);
        return delayed;
      },
    });
  } finally {
    for (const one of started.toReversed()) await one.stop();
  }
}
