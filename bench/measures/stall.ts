import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connectAndEcho, openEcho, orInfinity } from '../clients/echo.ts';
import { peakMegabytes, resetPeakMemory } from '../process-figures.ts';
import { type Measure, podPorts } from './measure.ts';
import { warmUp } from './warm-up.ts';

const line = Buffer.from('sibling\n');
const stalledBytes = 2 * 1024 ** 3;
const siblingLimitMs = 5000;

/** One client asks for 2 GiB and reads none of it: what do the other connections notice, and how much does the forwarder hoard in 5 s? */
export function stall(): Measure {
  return {
    name: 'stall',
    group: 'isolation',
    rounds: 3,
    metrics: [
      { label: 'beside a stalled reader: new connect + echo', unit: 'ms', ceiling: siblingLimitMs },
      { label: 'beside a stalled reader: open connection', unit: 'ms', ceiling: siblingLimitMs },
      {
        label: 'peak RSS, 5 s of a stalled reader',
        unit: 'MB',
        limit: { of: 'value', bound: 'at most', value: 160 },
      },
    ],
    run: async ({ start, signal }) => {
      const forwarder = await start([podPorts.echo, podPorts.source]);
      const echoPort = forwarder.port(podPorts.echo);
      await warmUp(echoPort);
      const sibling = openEcho(echoPort);
      const stalled = connect({ port: forwarder.port(podPorts.source), host: '127.0.0.1' });
      stalled.on('error', () => undefined); // it is not this connection that is looked at
      stalled.pause();
      try {
        await sibling.echo(line);
        await resetPeakMemory(forwarder.pid);
        stalled.write(`${stalledBytes}\n`);
        const peak = delay(5000, undefined, { signal }).then(() => peakMegabytes(forwarder.pid));
        const siblings = async () => {
          await delay(2000, undefined, { signal });
          const fresh = await orInfinity(connectAndEcho(echoPort, siblingLimitMs));
          return [fresh, await orInfinity(sibling.echo(line, siblingLimitMs))];
        };
        const [latencies, peakMb] = await Promise.all([siblings(), peak]);
        return [...latencies, peakMb];
      } finally {
        stalled.destroy();
        sibling.close();
      }
    },
  };
}
