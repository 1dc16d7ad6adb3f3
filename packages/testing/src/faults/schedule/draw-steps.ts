import { SeededRandom } from '../../random/seeded-random.ts';
import { requireCount } from '../require-number.ts';
import type { FaultKind, FaultStep } from './fault-step.ts';

/** What a random schedule is drawn from. */
export interface DrawOptions {
  /** The same seed draws the same steps. A whole number. */
  readonly seed: number;
  /** When the last step can come, in milliseconds. */
  readonly durationMs: number;
  /** What may go wrong. @default everything but `delete-pod` */
  readonly kinds?: readonly FaultKind[] | undefined;
  /** The mean time between two steps, in milliseconds; they come from 0 to twice as long apart. @default 1000 */
  readonly meanIntervalMs?: number | undefined;
}

/** What goes wrong unless something else is asked for: pods belong to the test. */
const USUAL_KINDS: readonly FaultKind[] = [
  'delay',
  'answer',
  'reset',
  'hang',
  'cut',
  'limit',
  'refuse',
  'watch-drop',
  'watch-expire',
  'watch-stale',
  'watch-duplicate',
  'tunnel-cut',
  'tunnel-cut-after',
  'tunnel-black-hole',
  'tunnel-delay',
  'tunnel-limit',
  'restart-server',
];
const STATUSES = [429, 500, 502, 503, 504];
/** The largest number that a step takes its tunnel or pod by. */
const MAX_INDEX = 999;
/** The most steps of one schedule. */
const MAX_STEPS = 100_000;

/** Draws the steps of a schedule, in the order of their times. @throws RangeError for options that make no sense, and for over 100,000 steps. */
export function drawSteps({
  seed,
  durationMs,
  kinds = USUAL_KINDS,
  meanIntervalMs = 1000,
}: DrawOptions): readonly FaultStep[] {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`);
  if (kinds.length === 0) throw new RangeError('kinds must not be empty');
  requireCount('durationMs', durationMs);
  requireCount('meanIntervalMs', meanIntervalMs, { least: 1 });
  const random = new SeededRandom(seed);
  const draw = (from: number, to: number): number => random.integer(from, to);
  const steps: FaultStep[] = [];
  for (let atMs = draw(0, 2 * meanIntervalMs); atMs <= durationMs; atMs += draw(0, 2 * meanIntervalMs)) {
    if (steps.length === MAX_STEPS) throw new RangeError(`A schedule has at most ${MAX_STEPS} steps`);
    steps.push(drawStep({ kind: kinds[draw(0, kinds.length - 1)] as FaultKind, atMs, draw }));
  }
  return steps;
}

function drawStep(given: { kind: FaultKind; atMs: number; draw: (from: number, to: number) => number }): FaultStep {
  const { kind, atMs, draw } = given;
  const forMs = (): number => draw(50, 2000);
  const index = (): number => draw(0, MAX_INDEX);
  const oneOf = <T>(values: readonly T[]): T => values[draw(0, values.length - 1)] as T;
  const step = <Kind extends FaultKind>(
    fields: Omit<Extract<FaultStep, { kind: Kind }>, 'kind' | 'atMs' | 'description'>,
  ) => {
    const told = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
    return { kind, atMs, ...fields, description: [kind, ...told].join(', ') } as unknown as FaultStep;
  };
  switch (kind) {
    case 'delay':
      return step<'delay'>({ ms: draw(1, 500), forMs: forMs() });
    case 'answer':
      return step<'answer'>({ status: oneOf(STATUSES), forMs: forMs() });
    case 'reset':
      return step<'reset'>({ executed: oneOf([false, true]), forMs: forMs() });
    case 'cut':
      return step<'cut'>({ afterBytes: draw(0, 4096), forMs: forMs() });
    case 'limit':
      return step<'limit'>({ bytesPerSecond: draw(1, 100) * 1024, forMs: forMs() });
    case 'hang':
    case 'refuse':
    case 'watch-stale':
    case 'watch-duplicate':
      return step<'hang'>({ forMs: forMs() });
    case 'watch-drop':
    case 'watch-expire':
      return step<'watch-drop'>({});
    case 'tunnel-cut':
      return step<'tunnel-cut'>({ index: index() });
    case 'tunnel-cut-after':
      return step<'tunnel-cut-after'>({
        index: index(),
        bytes: draw(0, 65_536),
        direction: oneOf(['to-client', 'to-server']),
        forMs: forMs(),
      });
    case 'tunnel-black-hole':
      return step<'tunnel-black-hole'>({
        index: index(),
        direction: oneOf(['both', 'to-client', 'to-server']),
        forMs: forMs(),
      });
    case 'tunnel-delay':
      return step<'tunnel-delay'>({ index: index(), ms: draw(1, 500), forMs: forMs() });
    case 'tunnel-limit':
      return step<'tunnel-limit'>({ index: index(), bytesPerSecond: draw(1, 1000) * 1024, forMs: forMs() });
    case 'delete-pod':
      return step<'delete-pod'>({ index: index(), graceMs: draw(0, 1000) });
    case 'restart-server':
      return step<'restart-server'>({ downMs: draw(0, 500) });
  }
}
