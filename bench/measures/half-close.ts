import { readUntilEnd } from '../clients/read-until-end.ts';
import { type Measure, podPorts } from './measure.ts';

/** A client says all it has to say and ends its side; the answer takes three seconds. How many of its 60 bytes arrive? */
export function halfClose(): Measure {
  return {
    name: 'half-close',
    group: 'behaviour',
    rounds: 3,
    metrics: [
      {
        label: "60-byte answer after the client's end",
        unit: 'bytes',
        limit: { of: 'value', bound: 'at least', value: 60 },
      },
    ],
    run: async ({ start }) => {
      const port = (await start([podPorts.answerSlowly])).port(podPorts.answerSlowly);
      const { bytes } = await readUntilEnd({ port, send: 'x\n', halfClose: true, limitMs: 10_000 });
      return [bytes];
    },
  };
}
