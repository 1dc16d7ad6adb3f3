import { openEcho } from '../clients/echo.ts';
import { percentile } from '../statistics.ts';
import { type Measure, podPorts } from './measure.ts';

const byte = Buffer.from('.');
/** Before the samples, so that they show a connection in use. */
const warmUpRoundTrips = 100;

/** One byte there and back on one open connection, again and again. */
export function roundTrip(): Measure {
  return {
    name: 'round-trip',
    group: 'latency',
    rounds: 3,
    metrics: [
      { label: '1-byte round trip, p50', unit: 'ms' },
      { label: '1-byte round trip, p99', unit: 'ms' },
    ],
    run: async ({ start, scale }) => {
      const connection = openEcho((await start([podPorts.echo])).port(podPorts.echo));
      try {
        for (let count = 0; count < warmUpRoundTrips; count++) await connection.echo(byte);
        const samples: number[] = [];
        for (let count = 0; count < scale.roundTrips; count++) samples.push(await connection.echo(byte));
        return [percentile(samples, 0.5), percentile(samples, 0.99)];
      } finally {
        connection.close();
      }
    },
  };
}
