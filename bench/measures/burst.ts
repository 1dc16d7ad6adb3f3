import { connectAndEcho } from '../clients/echo.ts';
import { type Measure, podPorts } from './measure.ts';
import { warmUp } from './warm-up.ts';

const connectsAtOnce = 100;

/** Many connections at the same moment, until the last has its echo. One burst a turn: a second one would find open what the first left. */
export function burst(): Measure {
  return {
    name: 'burst',
    group: 'latency',
    rounds: 5,
    metrics: [
      { label: `${connectsAtOnce} connects at once`, unit: 'ms', limit: { of: 'ratio', bound: 'at most', value: 1 } },
    ],
    run: async ({ start }) => {
      const port = (await start([podPorts.echo])).port(podPorts.echo);
      await warmUp(port);
      const beganMs = performance.now();
      await Promise.all(Array.from({ length: connectsAtOnce }, () => connectAndEcho(port)));
      return [performance.now() - beganMs];
    },
  };
}
