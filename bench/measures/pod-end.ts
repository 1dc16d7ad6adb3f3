import { readUntilEnd } from '../clients/read-until-end.ts';
import { type Measure, podPorts } from './measure.ts';

const limitSeconds = 10;

/** The pod sends four bytes and closes: when does the client learn of the end? The container runtime alone takes about a second. */
export function podEnd(): Measure {
  return {
    name: 'pod-end',
    group: 'behaviour',
    rounds: 3,
    metrics: [
      {
        label: "the pod's end reaches the client after",
        unit: 's',
        ceiling: limitSeconds,
        limit: { of: 'difference', bound: 'at most', value: 0.5 },
      },
    ],
    run: async ({ start }) => {
      const port = (await start([podPorts.replyAndClose])).port(podPorts.replyAndClose);
      const { bytes, endedAfterMs } = await readUntilEnd({ port, limitMs: limitSeconds * 1000 });
      if (bytes !== 4) throw new Error(`${bytes} of 4 bytes arrived before the end`);
      return [endedAfterMs / 1000];
    },
  };
}
