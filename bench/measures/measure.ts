import type { DelayedKubeconfig } from '../delayed-kubeconfig.ts';
import type { RunningForwarder } from '../forwarders/start-forwarder.ts';

/** What kforge promises: a bound for its own value, for its ratio to kubectl's, or for its difference from kubectl's. */
export interface Limit {
  readonly of: 'value' | 'ratio' | 'difference';
  readonly bound: 'at most' | 'at least';
  readonly value: number;
}

/** One row of the report. */
export interface Metric {
  readonly label: string;
  readonly unit: 'ms' | 's' | 'MB' | 'MiB/s' | 'bytes' | 'yes/no';
  /** How long was waited, in the metric's unit, where Infinity is a possible reading. */
  readonly ceiling?: number;
  readonly limit?: Limit;
}

/** How much each measure does. */
export interface Scale {
  readonly sequentialConnects: number;
  readonly roundTrips: number;
  readonly delayedConnects: number;
  /** Moved in each throughput measure, over all connections together. */
  readonly transferMebibytes: number;
  /** Quiet time before each forwarder: the container runtime closes late, and what one left must not cost the next. */
  readonly settleMs: number;
}

export interface MeasureRun {
  readonly scale: Scale;
  readonly signal: AbortSignal;
  /** Starts the forwarder of this turn; it is stopped when the measure is over. */
  readonly start: (remotePorts: readonly number[], kubeconfig?: string) => Promise<RunningForwarder>;
  /** Puts a delay in front of the API server; removed when the measure is over. */
  readonly delayApiServer: (delayMs: number) => Promise<DelayedKubeconfig>;
}

export interface Measure {
  readonly name: string;
  /** Names several measures at once on the command line. */
  readonly group: 'startup' | 'latency' | 'throughput' | 'isolation' | 'behaviour';
  /** Rounds of a full run. */
  readonly rounds: number;
  readonly metrics: readonly Metric[];
  /** One forwarder's turn in one round: a reading for each metric, in their order. Throws when it cannot be had. */
  run(run: MeasureRun): Promise<readonly number[]>;
}

/** The pod server's ports that the measures use. */
export const podPorts = {
  echo: 7001,
  source: 7002,
  sink: 7003,
  reset: 7005,
  replyAndClose: 7007,
  answerSlowly: 7008,
} as const;
