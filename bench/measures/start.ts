import { type Measure, podPorts } from './measure.ts';

/** From starting the program to its `Forwarding from` line. */
export function startTime(): Measure {
  return {
    name: 'start',
    group: 'startup',
    rounds: 5,
    metrics: [{ label: 'start to listening', unit: 'ms', limit: { of: 'ratio', bound: 'at most', value: 2 } }],
    run: async ({ start }) => [(await start([podPorts.echo])).startMs],
  };
}
