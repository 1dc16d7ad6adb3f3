import { download } from '../clients/download.ts';
import { connectAndEcho } from '../clients/echo.ts';
import { expectedAnswer, upload } from '../clients/upload.ts';
import { cpuSeconds, peakMegabytes, resetPeakMemory } from '../process-figures.ts';
import { type Measure, type MeasureRun, podPorts } from './measure.ts';

/** Moved before the clock starts, so that the forwarder's code is compiled and its buffers exist. */
const warmUpMebibytes = 8;

export interface ThroughputOptions {
  readonly direction: 'down' | 'up';
  readonly connections: 1 | 8;
}

/** Bulk data over one or several connections: speed, what it costs the forwarder in CPU, and its peak memory meanwhile. */
export function throughput(options: ThroughputOptions): Measure {
  const { direction, connections } = options;
  const label = `${direction}, ${connections === 1 ? '1 connection' : `${connections} connections`}`;
  const transfer = direction === 'down' ? downloads() : uploads();
  return {
    name: `${direction}-${connections}`,
    group: 'throughput',
    rounds: 5,
    metrics: [
      { label, unit: 'MiB/s', limit: { of: 'ratio', bound: 'at least', value: 1 } },
      { label: `${label}: CPU of the forwarder`, unit: 's' },
      { label: `${label}: peak RSS`, unit: 'MB' },
    ],
    run: async ({ start, scale }: MeasureRun) => {
      const each = scale.transferMebibytes / connections;
      transfer.prepare(each);
      const bulk = direction === 'down' ? podPorts.source : podPorts.sink;
      const forwarder = await start([podPorts.echo, bulk]);
      await connectAndEcho(forwarder.port(podPorts.echo));
      const port = forwarder.port(bulk);
      await transfer.move(port, warmUpMebibytes);

      await resetPeakMemory(forwarder.pid);
      const cpuBefore = await cpuSeconds(forwarder.pid);
      const beganMs = performance.now();
      await Promise.all(Array.from({ length: connections }, () => transfer.move(port, each)));
      const seconds = (performance.now() - beganMs) / 1000;
      const cpu = (await cpuSeconds(forwarder.pid)) - cpuBefore;
      return [scale.transferMebibytes / seconds, cpu, await peakMegabytes(forwarder.pid)];
    },
  };
}

interface Transfer {
  /** Works out beforehand what moving so much will need. */
  prepare(mebibytes: number): void;
  move(port: number, mebibytes: number): Promise<void>;
}

function downloads(): Transfer {
  return {
    prepare: () => undefined,
    move: (port, mebibytes) => download(port, mebibytes * 1024 * 1024),
  };
}

function uploads(): Transfer {
  const answers = new Map<number, string>();
  const answer = (mebibytes: number) => {
    const known = answers.get(mebibytes) ?? expectedAnswer(mebibytes);
    answers.set(mebibytes, known);
    return known;
  };
  return {
    prepare: answer,
    move: (port, mebibytes) => upload(port, mebibytes, answer(mebibytes)),
  };
}
