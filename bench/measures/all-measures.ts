import { burst } from './burst.ts';
import { delayedOpen } from './delayed-open.ts';
import { halfClose } from './half-close.ts';
import { idleMemory } from './idle-memory.ts';
import type { Measure } from './measure.ts';
import { podEnd } from './pod-end.ts';
import { reset } from './reset.ts';
import { roundTrip } from './round-trip.ts';
import { sequentialConnects } from './sequential.ts';
import { stall } from './stall.ts';
import { startTime } from './start.ts';
import { throughput } from './throughput.ts';

/** Every measure, in the order of the report. */
export function allMeasures(): readonly Measure[] {
  return [
    idleMemory(),
    startTime(),
    sequentialConnects(),
    burst(),
    roundTrip(),
    delayedOpen(),
    throughput({ direction: 'down', connections: 1 }),
    throughput({ direction: 'down', connections: 8 }),
    throughput({ direction: 'up', connections: 1 }),
    throughput({ direction: 'up', connections: 8 }),
    stall(),
    halfClose(),
    reset(),
    podEnd(),
  ];
}
