import type { Clock } from '../clock/clock.ts';
import type { EventRecorder } from '../objects/event-recorder.ts';
import type { NameGenerator } from '../objects/name-generator.ts';
import type { ObjectStore } from '../state/object-store.ts';

/** What every controller works with. */
export interface ControllerContext {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly names: NameGenerator;
  readonly events: EventRecorder;
  /** Ends the controller. */
  readonly signal: AbortSignal;
}
