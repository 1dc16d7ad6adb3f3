import {
  drip,
  echo,
  http,
  neverReads,
  replyAndClose,
  reset,
  SimulatedCluster,
  sink,
  slowAnswer,
  source,
  speaksFirst,
} from '../../../src/index.ts';
import type { ImageOptions } from '../../../src/runtime/images.ts';
import { shellCommand } from '../../../src/runtime/shell-command.ts';

/** Starts a simulated cluster that has the images of the real one. */
export function startSimulated(): Promise<SimulatedCluster> {
  return SimulatedCluster.start({ images: simulatedImages() });
}

function simulatedImages(): readonly ImageOptions[] {
  return [
    {
      name: 'kforge.test/podserver',
      serve: {
        8080: http((_request, response) => void response.end('hello from podserver\n')),
        7001: echo(),
        7002: source(),
        7003: sink(),
        7004: speaksFirst('220 ready\r\n'),
        7005: reset(),
        7006: neverReads(),
        7007: replyAndClose('done'),
        7008: slowAnswer(),
        7009: drip(),
      },
    },
    // Its shell is the first process of the container and as such ignores the signal to end.
    { name: 'kforge.test/busybox', exits: shellCommand, stopMs: 60_000 },
    { name: 'nope.invalid/x', pull: 'not-found' },
  ];
}
