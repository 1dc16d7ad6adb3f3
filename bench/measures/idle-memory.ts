import { setTimeout as delay } from 'node:timers/promises';
import { connectAndEcho } from '../clients/echo.ts';
import { residentMegabytes } from '../process-figures.ts';
import { type Measure, podPorts } from './measure.ts';

/** Resident memory of a forwarder that has served one connection and now waits. */
export function idleMemory(): Measure {
  return {
    name: 'idle-memory',
    group: 'startup',
    rounds: 3,
    metrics: [{ label: 'idle RSS', unit: 'MB', limit: { of: 'value', bound: 'at most', value: 90 } }],
    run: async ({ start, signal }) => {
      const forwarder = await start([podPorts.echo]);
      await connectAndEcho(forwarder.port(podPorts.echo));
      await delay(1000, undefined, { signal });
      return [await residentMegabytes(forwarder.pid)];
    },
  };
}
