import { setTimeout as delay } from 'node:timers/promises';
import { connectAndEcho, openEcho } from '../clients/echo.ts';
import { readUntilEnd } from '../clients/read-until-end.ts';
import { type Measure, podPorts } from './measure.ts';

const line = Buffer.from('sibling\n');
const limitMs = 5000;

/** The pod resets one connection: do an open one and a new one still work? */
export function reset(): Measure {
  const limit = { of: 'value', bound: 'at least', value: 1 } as const;
  return {
    name: 'reset',
    group: 'behaviour',
    rounds: 3,
    metrics: [
      { label: "an open connection survives another's reset", unit: 'yes/no', limit },
      { label: 'a new connection works after a reset', unit: 'yes/no', limit },
    ],
    run: async ({ start, signal }) => {
      const forwarder = await start([podPorts.echo, podPorts.reset]);
      const sibling = openEcho(forwarder.port(podPorts.echo));
      try {
        await sibling.echo(line, limitMs);
        await readUntilEnd({ port: forwarder.port(podPorts.reset), send: 'x', limitMs });
        await delay(1000, undefined, { signal }); // a forwarder that ends over it needs a moment to do so
        const open = await works(sibling.echo(line, limitMs));
        return [open, await works(connectAndEcho(forwarder.port(podPorts.echo), limitMs))];
      } finally {
        sibling.close();
      }
    },
  };
}

async function works(attempt: Promise<number>): Promise<number> {
  return attempt.then(
    () => 1,
    () => 0,
  );
}
