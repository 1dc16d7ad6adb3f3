import { connectAndEcho } from '../clients/echo.ts';
import { percentile } from '../statistics.ts';
import { type Measure, podPorts } from './measure.ts';

/** The API server 20 ms of round trip away: what a connection costs on a real network, where round trips count and CPU hardly does. */
export function delayedOpen(): Measure {
  return {
    name: 'delayed-open',
    group: 'latency',
    rounds: 3,
    metrics: [
      {
        label: 'open + first byte at +20 ms RTT, p50',
        unit: 'ms',
        limit: { of: 'value', bound: 'at most', value: 25 },
      },
    ],
    run: async ({ start, delayApiServer, scale }) => {
      const { path } = await delayApiServer(10);
      const port = (await start([podPorts.echo], path)).port(podPorts.echo);
      for (let count = 0; count < 5; count++) await connectAndEcho(port);
      const samples: number[] = [];
      for (let count = 0; count < scale.delayedConnects; count++) samples.push(await connectAndEcho(port));
      return [percentile(samples, 0.5)];
    },
  };
}
