import { connectAndEcho } from '../clients/echo.ts';
import { percentile } from '../statistics.ts';
import { type Measure, podPorts } from './measure.ts';

/** One connection after the other, each for one echoed line. */
export function sequentialConnects(): Measure {
  return {
    name: 'sequential',
    group: 'latency',
    rounds: 3,
    metrics: [
      { label: 'connect + echo, p50', unit: 'ms', limit: { of: 'ratio', bound: 'at most', value: 0.8 } },
      { label: 'connect + echo, p99', unit: 'ms' },
    ],
    run: async ({ start, scale }) => {
      const port = (await start([podPorts.echo])).port(podPorts.echo);
      const samples: number[] = [];
      for (let count = 0; count < scale.sequentialConnects; count++) samples.push(await connectAndEcho(port));
      return [percentile(samples, 0.5), percentile(samples, 0.99)];
    },
  };
}
